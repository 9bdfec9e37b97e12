//! The Unix socket between programs of one user: reached however long its path is, and spoken over only
//! with a process of the same user, or of root.

use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::os::fd::AsRawFd as _;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

/// The longest path that a socket's address takes on every system, without its end.
const LONGEST_PATH: usize = 100;

/// A path that sockets take.
#[derive(Debug)]
pub(crate) struct Near {
    path: PathBuf,
    /// The folder, where the path goes through its descriptor.
    _folder: Option<File>,
}

impl Near {
    /// The same place as `path`, by a path that is short enough.
    pub(crate) fn to(path: &Path) -> Result<Self> {
        if path.as_os_str().len() <= LONGEST_PATH || !cfg!(target_os = "linux") {
            return Ok(Self {
                path: path.to_owned(),
                _folder: None,
            });
        }
        let missing = || Error::from(ErrorKind::NotFound);
        let (folder, name) = path.parent().zip(path.file_name()).ok_or_else(missing)?;
        let folder = File::open(folder)?;
        let path = Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string());
        Ok(Self {
            path: path.join(name),
            _folder: Some(folder),
        })
    }

    /// The path, which holds as long as this value.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// Listens at a path, where nobody else may connect. What is there is taken for left over.
pub(crate) fn listen(path: &Path) -> Result<UnixListener> {
    let near = Near::to(path)?;
    match std::fs::remove_file(near.path()) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(near.path())?;
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(near.path(), mode)?;
    Ok(listener)
}

/// Connects to whoever listens at a path, if that is one of us.
pub(crate) async fn connect(path: &Path) -> Result<UnixStream> {
    let near = Near::to(path)?;
    let stream = UnixStream::connect(near.path()).await?;
    check_peer(&stream)?;
    Ok(stream)
}

/// Refuses a peer that is neither this user's nor root's.
pub(crate) fn check_peer(stream: &UnixStream) -> Result<()> {
    let (peer, own) = (stream.peer_cred()?.uid(), rustix::process::geteuid());
    if peer == own.as_raw() || peer == 0 {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::PermissionDenied,
        format!("user {peer} is at the other end of the socket"),
    ))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    use super::*;
    use tempfile::TempDir;

    /// A folder that everybody may use: what is told apart is who does.
    fn open_folder() -> TempDir {
        let folder = tempfile::Builder::new()
            .permissions(std::fs::Permissions::from_mode(0o777))
            .tempdir_in("/tmp")
            .expect("a folder");
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777))
            .expect("a mode");
        folder
    }

    /// Runs the system's Python as another user; none where this test cannot.
    fn stranger(program: &str, path: &Path) -> Option<Child> {
        const PYTHON: &str = "/usr/bin/python3";
        if !rustix::process::geteuid().is_root() || !Path::new(PYTHON).exists() {
            crate::skip::skip("a stranger needs root and /usr/bin/python3");
            return None;
        }
        let child = Command::new("setpriv")
            .args(["--reuid=65534", "--clear-groups", PYTHON, "-c", program])
            .arg(path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("setpriv runs");
        Some(child)
    }

    #[tokio::test]
    async fn a_path_of_any_length_is_reached() {
        let folder = TempDir::new().expect("a folder");
        let long = folder.path().join("x".repeat(200));
        std::fs::create_dir(&long).expect("a folder");
        for path in [folder.path().join("a.sock"), long.join("a.sock")] {
            // Twice: what is left over is no hindrance.
            drop(listen(&path).expect("a listener"));
            let listener = listen(&path).expect("a listener");
            let mode = std::fs::metadata(&path).expect("a socket").permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
            let (client, server) = tokio::join!(connect(&path), listener.accept());
            client.expect("connected");
            check_peer(&server.expect("accepted").0).expect("ourselves");
        }
        assert!(connect(&folder.path().join("none")).await.is_err());
    }

    #[tokio::test]
    async fn another_users_server_is_not_spoken_to() {
        let folder = open_folder();
        let path = folder.path().join("a.sock");
        let program = "import socket,sys\n\
            s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen()\n\
            c, _ = s.accept(); print(c.recv(1000))";
        let Some(mut server) = stranger(program, &path) else {
            return;
        };
        let connecting = async {
            while !path.exists() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            loop {
                match connect(&path).await {
                    Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                    outcome => return outcome,
                }
            }
        };
        let outcome = tokio::time::timeout(Duration::from_secs(10), connecting).await;
        let refused = outcome.expect("in time").expect_err("a stranger");
        assert_eq!(refused.kind(), ErrorKind::PermissionDenied, "{refused}");
        server.wait().expect("its end");
        let mut seen = String::new();
        let mut output = server.stdout.take().expect("a pipe");
        std::io::Read::read_to_string(&mut output, &mut seen).expect("text");
        assert_eq!(seen, "b''\n");
    }

    #[tokio::test]
    async fn another_users_client_is_not_answered() {
        let folder = open_folder();
        let path = folder.path().join("a.sock");
        let listener = listen(&path).expect("a listener");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).expect("a mode");
        let program = "import socket,sys\n\
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.recv(1)";
        let Some(mut client) = stranger(program, &path) else {
            return;
        };
        let accepting = tokio::time::timeout(Duration::from_secs(10), listener.accept());
        let (stream, _) = accepting.await.expect("in time").expect("accepted");
        let refused = check_peer(&stream).expect_err("a stranger");
        assert!(refused.to_string().contains("65534"), "{refused}");
        let _ = client.kill();
        let _ = client.wait();
    }
}
