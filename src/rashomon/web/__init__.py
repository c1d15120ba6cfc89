"""web: the library in a browser and over REST, on Litestar. The only place that knows Litestar, uvicorn and argon2."""
