# What must hold on a usual machine, as root and as an ordinary user. Run in a guest: see `boot`.
set -u
failed=0
pass() { echo "ok   $who: $1"; }
fail() {
    echo "FAIL $who: $1"
    [ -z "${2:-}" ] || echo "$2" | tail -12
    failed=1
}
check() { # NAME EXPECTED GOT
    case "$3" in
    *"$2"*) pass "$1" ;;
    *) fail "$1" "expected $2, got: $3" ;;
    esac
}

useradd --create-home --shell /bin/bash someone
loginctl enable-linger someone
id=$(id -u someone)
for _ in $(seq 300); do
    [ -S "/run/user/$id/bus" ] && systemctl is-active --quiet "user@$id.service" && break
    sleep 0.2
done
# What starts commands is a unit that ends with each, as an editor, an agent or a job of a server does.
unit() {
    if [ "$who" = root ]; then
        systemd-run --quiet --wait --pipe --collect -E HOME=/root -- "$@"
    else
        runuser -u someone -- env HOME=/home/someone "XDG_RUNTIME_DIR=/run/user/$id" \
            systemd-run --user --quiet --wait --pipe --collect -- "$@"
    fi
}
d() { unit daytona "$@" 2>&1; }
host() {
    sort /proc/mounts
    ip -o link | cut -d: -f2
    ip route
    sysctl -a 2>/dev/null | grep -E '^(kernel\.(yama|unpriv|core|apparm)|net\.ipv4\.(ip_forward|ping)|user\.|fs\.inotify|vm\.over)'
    find /sys/fs/cgroup -mindepth 1 -maxdepth 2 -type d -not -path '*/user.slice/*' -not -name 'run-*' | sort
    pgrep -f 'slirp4netns|pasta|__zygote|__guest|daytona serve' | wc -l
    find / -xdev -newer /tmp/mark -type f -not -path '/var/*' -not -path '/tmp/*' -not -path '/run/*' \
        -not -path '*/.local/share/daytona/*' -not -path '*/.daytona/*' 2>/dev/null | sort
}

for who in root user; do
    touch /tmp/mark
    sleep 1
    host >/tmp/before
    check create "created" "$(d create --name demo)"
    check "it outlives the unit that made it" '"started"' "$(sleep 1; d info demo --json=state)"
    limits=$(d doctor)
    for resource in memory cpu processes; do
        check "the $resource limit is the kernel's" enforced "$(echo "$limits" | grep "$resource limit" | grep -v 'not enforced')"
    done
    case "$(cat "/proc/$(pgrep -f 'serve --detached' | head -1)/cgroup")" in
    *daytona-engine-*.scope/engine) pass "the engine has a unit of its own" ;;
    *) fail "the engine has a unit of its own" "$(cat /proc/$(pgrep -f 'serve --detached' | head -1)/cgroup)" ;;
    esac
    check "programs see the cores of the limit" "1" "$(d exec demo -- nproc)"
    check "programs see the memory of the limit" "1073741824" "$(d exec demo -- cat /sys/fs/cgroup/memory.max)"
    case "$(d exec demo -- sh -c 'echo 5G >/sys/fs/cgroup/memory.max && echo written; mkdir /sys/fs/cgroup/x && echo written; touch /sys/x && echo written')" in
    *written*) fail "limits cannot be written inside" ;;
    *) pass "limits cannot be written inside" ;;
    esac
    hog='b = []
while True: b.append(bytearray(1 << 26))'
    check "memory: a process" "Killed" "$(d exec demo -- sh -c "python3 -c '$hog'; echo \$?; kill -l \$? ; echo Killed")"
    d exec demo -- python3 -c "$hog" >/dev/null
    check "memory: the exit code" "137" "$(unit sh -c "daytona exec demo -- python3 -c '$hog' >/dev/null 2>&1; echo \$?")"
    memfd='import os
f = os.memfd_create("x")
for _ in range(3 << 10): os.write(f, bytes(1 << 20))'
    check "memory: files in memory" 137 "$(unit sh -c "daytona exec demo -- python3 -c '$memfd' >/dev/null 2>&1; echo \$?")"
    check "the sandbox outlives its own limits" "works" "$(d exec demo -- echo works)"
    cpu='import os, time, resource
begun = time.time()
for _ in range(2):
    if os.fork() == 0:
        while time.time() - begun < 3: pass
        os._exit(0)
for _ in range(2): os.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
share = (used.ru_utime + used.ru_stime) / (time.time() - begun)
print("fine" if share < 1.3 else "too much: %.2f" % share)'
    check "cpu: two busy processes share one core" fine "$(d exec demo -- python3 -c "$cpu")"
    bomb='import os
made = 0
try:
    while True:
        if os.fork() == 0:
            import time; time.sleep(60)
        made += 1
except OSError: print("fine" if made < 1100 else made)'
    check "processes" fine "$(d exec demo -- python3 -c "$bomb")"
    check "its network is filtered" "nf_tables" "$(d info demo)"
    # A kill of the engine, and the next one.
    kill -9 "$(pgrep -f 'serve --detached' | head -1)"
    check "it outlives a kill of the engine" '"started"' "$(d info demo --json=state)"
    check "fork" "forked" "$(d fork demo --name other)"
    check "stop" "stopped" "$(d stop demo)"
    check "start" "started" "$(d start demo)"
    check "delete" "deleted" "$(d delete demo other --yes)"
    check "the engine ends" "stopped" "$(d serve --stop)"
    for _ in $(seq 50); do
        host >/tmp/after
        cmp -s /tmp/before /tmp/after && break
        sleep 0.2
    done
    cmp -s /tmp/before /tmp/after && pass "the host is as it was" || fail "the host is as it was" "$(diff /tmp/before /tmp/after)"
done

# Disk limits, where the file system has project quotas: whoever reaches a limit is told, nobody else is.
quota() { # KIND MKFS…
    who=$1
    shift
    place=/srv/$who
    mkdir -p "$place"
    truncate -s 3G "/srv/$who.img"
    if ! "$@" "/srv/$who.img" >/tmp/out 2>&1 || ! mount -o loop,prjquota "/srv/$who.img" "$place" 2>>/tmp/out; then
        fail "a file system with project quotas" "$(cat /tmp/out)"
        return
    fi
    d() { HOME=$place DAYTONA_ENGINE_LISTEN=127.0.0.1:0 daytona "$@" 2>&1; }
    check "create" created "$(d create --name one --disk 1)"
    check "create" created "$(d create --name two --disk 1)"
    check "the limit is told" "enforced: project quotas" "$(d doctor)"
    case "$(d exec one -- sh -c 'fallocate -l 900M ~/a && echo first && fallocate -l 300M ~/b && echo second')" in
    *second*) fail "a sandbox is held to its disk" ;;
    *first*) pass "a sandbox is held to its disk" ;;
    *) fail "a sandbox is held to its disk" "not even the first file" ;;
    esac
    check "the other is not" written "$(d exec two -- sh -c 'fallocate -l 900M ~/a && echo written')"
    check "nor is one that starts again" written "$(d stop two; d start two; d exec two -- sh -c 'rm ~/a; fallocate -l 900M ~/b && echo written')"
    check "delete" deleted "$(d delete one two --yes)"
    d serve --stop >/dev/null
    sleep 1
    umount "$place" || fail "the disk is let go"
}
quota ext4 mkfs.ext4 -q -O project,quota -E quotatype=prjquota
quota xfs mkfs.xfs -q
exit $failed
