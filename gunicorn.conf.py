"""Production: gunicorn sus.wsgi. What differs between machines comes from the environment (docs/drift.md)."""

import os

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("GUNICORN_THREADS", "4"))  # DB_POOL must be at least this many
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # the heartbeat never waits for a disk
control_socket_disable = True
errorlog = "-"
accesslog = None  # the proxy keeps it; SUS's own log of events says who read what
