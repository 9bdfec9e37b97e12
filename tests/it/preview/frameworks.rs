//! Real servers behind previews, asked by real clients: redirects, logins, host checks, sockets.

use std::collections::BTreeMap;
use std::path::Path;

use expect_test::expect;

use super::stage::Stage;
use crate::engine::clients::{run, script, skipped};

const SERVERS: &str = r#"
set -e
mkdir -p w v && cd w
python3 -m pip install -q fastapi uvicorn websockets flask django
cat > fast.py <<'END'
from fastapi import FastAPI, Request, WebSocket
app = FastAPI()
@app.get("/items/")
def items(request: Request): return {"url": str(request.url), "for": request.headers["x-forwarded-for"]}
@app.websocket("/ws")
async def ws(socket: WebSocket):
    await socket.accept()
    await socket.send_text(str(socket.headers.get("origin") == "http://" + socket.headers["host"]))
    await socket.close()
END
cat > flasked.py <<'END'
from flask import Flask, redirect, url_for
app = Flask(__name__)
@app.get("/")
def start(): return url_for("end", _external=True)
@app.get("/end/")
def end(): return "end"
@app.get("/go")
def go(): return redirect(url_for("end", _external=True))
END
django-admin startproject site_of . && python3 manage.py migrate >/dev/null
DJANGO_SUPERUSER_PASSWORD=pw python3 manage.py createsuperuser --noinput --username u --email u@example.com >/dev/null
serve() { setsid "$@" >/dev/null 2>&1 </dev/null & }
serve python3 -m uvicorn fast:app --port 3001
serve python3 -m flask --app flasked run -p 3002
serve python3 manage.py runserver --noreload 3003
cd ../v
export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
npm install --silent --no-audit --no-fund vite@6 webpack@5 webpack-cli@6 webpack-dev-server@5 >/dev/null 2>&1
mkdir -p src && echo '<p>a page</p>' > index.html && echo 'console.log(1)' > src/index.js
serve npx vite --port 3004 --strictPort
serve npx webpack serve --mode development --port 3005 --no-open
for port in 3001 3002 3003 3004 3005; do
    for i in $(seq 200); do
        python3 -c "import socket; socket.create_connection(('localhost', $port))" 2>/dev/null && break
        sleep 0.1
    done
done
"#;

#[test]
fn frameworks_find_themselves_at_the_address_that_was_asked() {
    let stage = Stage::new();
    let reached = stage
        .home
        .sh("box", "getent hosts pypi.org registry.npmjs.org | wc -l");
    if reached.stdout != "2\n" {
        skipped!(format!("sandboxes reach no registry here: {reached}"));
    }
    let begun = stage.home.sh("box", SERVERS);
    assert_eq!(begun.code, Some(0), "{begun}");
    let variables = BTreeMap::from([
        (
            "DAYTONA_API_URL".to_owned(),
            format!("http://{}/api", stage.address),
        ),
        ("DAYTONA_API_KEY".to_owned(), stage.key.clone()),
        ("NO_PROXY".to_owned(), "*".to_owned()),
    ]);
    let python = Path::new("/usr/bin/python3");
    let seen = run(
        &stage.home,
        python,
        &[&script("preview_frameworks.py")],
        &variables,
    );
    assert_eq!(seen.code, Some(0), "{seen}");
    expect![[r#"
        fastapi /items urllib 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items node 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items signed urllib 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items signed node 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items/ urllib 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items/ node 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items/ signed urllib 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        fastapi /items/ signed node 200 /items/ {"url":"URL/items/","for":"127.0.0.1"}
        flask / urllib 200 / URL/end/
        flask / node 200 / URL/end/
        flask / signed urllib 200 / URL/end/
        flask / signed node 200 / URL/end/
        flask /go urllib 200 /end/ end
        flask /go node 200 /end/ end
        flask /go signed urllib 200 /end/ end
        flask /go signed node 200 /end/ end
        django /admin urllib 200 /admin/login/?next=/admin/ Log in | Django site admin
        django /admin node 200 /admin/login/?next=/admin/ Log in | Django site admin
        django /admin signed urllib 200 /admin/login/?next=/admin/ Log in | Django site admin
        django /admin signed node 200 /admin/login/?next=/admin/ Log in | Django site admin
        vite / urllib 200 / a page
        vite / node 200 / a page
        vite / signed urllib 200 / a page
        vite / signed node 200 / a page
        webpack /main.js urllib 200 /main.js js
        webpack /main.js node 200 /main.js js
        webpack /main.js signed urllib 200 /main.js js
        webpack /main.js signed node 200 /main.js js
        login by address foreign 403 own 200 Site administration | Django site admin False
        login by name foreign 403 own 200 Site administration | Django site admin False
        socket HTTP/1.1 101 Switching Protocols its own origin True
    "#]]
    .assert_eq(&seen.stdout);
}
