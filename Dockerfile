# The engine as machine code: needs a C compiler and mypyc, which the image of the desk does without.
FROM python:3.11-bookworm AS engine
WORKDIR /desk
COPY requirements-dev.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements-dev.txt
COPY . .
RUN python -m compiled

FROM python:3.11-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 NUMBA_CACHE_DIR=/data/compiled
WORKDIR /desk
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
 && useradd --system --uid 10001 desk && mkdir /data && chown desk /data
COPY . .
COPY --from=engine /desk/build build
USER desk
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "uvicorn", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000"]
