"""What Alembic runs: the migrations over the connection that the store hands it."""

from alembic import context

from rashomon.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
