//! Archives that were made to do harm: imported or refused, they reach nothing but a layer of their own.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::binary::Home;
use crate::leftover::within;
use crate::stopwatch::Stopwatch;

/// Writes the archives; `outside` is what they try to reach.
const MAKE: &str = r#"
import gzip, io, sys, tarfile
outside = sys.argv[1]
def entry(name, kind=tarfile.REGTYPE, link='', data=b'', mode=0o644):
    one = tarfile.TarInfo(name); one.type = kind; one.linkname = link; one.size = len(data); one.mode = mode
    return one, io.BytesIO(data)
def write(name, *entries, form=tarfile.PAX_FORMAT):
    with tarfile.open(name + '.tar', 'w', format=form) as tar:
        for one, data in entries: tar.addfile(one, data)
etc = entry('etc', tarfile.DIRTYPE, mode=0o755)
write('absolute', etc, entry(outside + '/absolute', data=b'x'))
write('up', etc, entry('../' * 20 + outside + '/up', data=b'x'))
write('symlink', etc, entry('a', tarfile.SYMTYPE, outside), entry('a/symlink', data=b'x'))
write('chain', etc, entry('a', tarfile.SYMTYPE, '/'), entry('b', tarfile.SYMTYPE, 'a' + outside), entry('b/chain', data=b'x'))
write('replaced', etc, entry('a', tarfile.DIRTYPE), entry('a', tarfile.SYMTYPE, outside), entry('a', tarfile.DIRTYPE), entry('a/x', data=b'x'))
write('hardlink', etc, entry('stolen', tarfile.LNKTYPE, outside + '/secret'))
write('hardlinkup', etc, entry('stolen', tarfile.LNKTYPE, '../' * 20 + outside + '/secret'))
write('throughlink', etc, entry('a', tarfile.SYMTYPE, outside), entry('stolen', tarfile.LNKTYPE, 'a/secret'))
write('overlink', etc, entry('a', tarfile.SYMTYPE, outside + '/secret'), entry('a', data=b'overwritten'))
write('whiteout', etc, entry('a', tarfile.SYMTYPE, outside), entry('a/.wh.secret'), entry('a/.wh..wh..opq'))
write('whiteup', etc, entry('.wh...'), entry('.wh..'))
write('devices', etc, entry('null', tarfile.CHRTYPE), entry('disk', tarfile.BLKTYPE), entry('pipe', tarfile.FIFOTYPE), entry('suid', data=b'x', mode=0o6755))
write('deep', etc, entry('d/' * 1000 + 'f', data=b'x'))
write('abyss', etc, entry('d/' * 10000 + 'f', data=b'x'))
write('abyssgnu', etc, entry('d/' * 10000 + 'f', data=b'x'), form=tarfile.GNU_FORMAT)
big, _ = entry('huge'); big.size = 1 << 50
open('huge.tar', 'wb').write(big.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
pax = tarfile.TarInfo('x'); pax.type = b'x'; pax.size = 1 << 32
open('hugeheader.tar', 'wb').write(pax.tobuf(tarfile.USTAR_FORMAT) + bytes(4096))
whole = open('symlink.tar', 'rb').read()
open('truncated.tar', 'wb').write(whole[:700])
one, data = entry('etc/file', data=b'x' * 100000)
open('cut.tar', 'wb').write(one.tobuf() + data.getvalue()[:5000])
plain = open('devices.tar', 'rb').read()
with gzip.open('bomb.tar.gz', 'wb', 1) as bomb:
    bomb.write(plain)
    for i in range(1024): bomb.write(bytes(1 << 20))
attributes = entry('trap', tarfile.DIRTYPE)
attributes[0].pax_headers = {'SCHILY.xattr.user.overlay.redirect': outside, 'SCHILY.xattr.trusted.overlay.redirect': outside, 'SCHILY.xattr.user.mine': 'kept'}
write('attributes', etc, attributes)
"#;

#[test]
fn no_archive_reaches_beyond_its_layer() {
    let home = Home::with_engine();
    let outside = home.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    fs::write(outside.join("secret"), "secret").expect("a file");
    let made = Command::new("python3")
        .args(["-c", MAKE])
        .arg(&outside)
        .current_dir(home.path())
        .output();
    let made = made.expect("python3");
    assert!(made.status.success(), "{made:?}");
    home.done(&["list"]);
    let engine = home.engine_pid().expect("an engine");
    let layers = home.engine().join("runtime/layers");
    let count = || fs::read_dir(&layers).expect("layers").count();
    let before = count();
    for (name, why) in [
        ("absolute", None),
        ("up", Some("leads out of its layer")),
        // Links on the way are followed within the layer, as in a sandbox.
        ("symlink", None),
        ("chain", None),
        ("replaced", None),
        ("hardlink", Some("does not hold")),
        ("hardlinkup", Some("leads out of its layer")),
        ("throughlink", Some("does not hold")),
        ("overlink", None),
        ("whiteout", None),
        ("whiteup", Some("no file of that name")),
        ("devices", None),
        ("deep", None),
        ("abyss", Some("longer than 4096")),
        ("abyssgnu", Some("longer than 4096")),
        ("huge", Some("in the middle of a file")),
        ("hugeheader", Some("more than any real one")),
        ("truncated", Some("in the middle")),
        ("cut", Some("in the middle of a file")),
        ("attributes", None),
        ("bomb", Some("follow its end")),
    ] {
        let file = if name == "bomb" {
            "bomb.tar.gz".to_owned()
        } else {
            format!("{name}.tar")
        };
        let begun = Stopwatch::start();
        let seen = home.run(&["snapshot", "create", name, "--from", &file]);
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{name}: {:?}",
            begun.elapsed()
        );
        match why {
            None => assert_eq!(seen.code, Some(0), "{name}: {seen}"),
            Some(why) => assert!(
                seen.code == Some(1) && seen.stderr.contains(why),
                "{name}: {seen}"
            ),
        }
        let all = fs::read_dir(&outside).expect("a folder").count();
        let secret = fs::read_to_string(outside.join("secret")).expect("the secret");
        assert_eq!((all, secret.as_str()), (1, "secret"), "{name}");
        home.done(&["snapshot", "delete", "--ignore-not-found", name]);
    }
    assert_eq!(home.engine_pid(), Some(engine), "the engine broke");
    let status = fs::read_to_string(format!("/proc/{engine}/status")).expect("its status");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("a peak");
    let peak: u64 = peak
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .expect("a number");
    assert!(peak < 120 << 10, "the engine took {peak} KiB");
    assert!(
        within(Duration::from_secs(25), || count() == before
            && fs::read_dir(home.engine().join("runtime/doomed"))
                .map_or(0, Iterator::count)
                == 0),
        "{} layers are left of {before}",
        count()
    );
}
