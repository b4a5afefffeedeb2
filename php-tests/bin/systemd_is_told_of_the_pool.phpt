--TEST--
bin/pool tells systemd READY with its pid, WATCHDOG, RELOADING and STOPPING, at a path and at an abstract socket; its workers do not get the socket; a reload by a signal tells the same as pool reload
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('worker.php', '<?php $here = getenv("NOTIFY_SOCKET"); return fn () => is_string($here) ? exit(9) : false;');
foreach ([getcwd() . '/notify', '@pool-' . getmypid()] as $address) {
    $server = stream_socket_server('udg://' . preg_replace('/^@/', "\0", $address), $code, $text, STREAM_SERVER_BIND);
    stream_set_timeout($server, 60);
    $command = [...php_command(), __DIR__ . '/../../bin/pool', 'run', '--socket=a.sock', '--idle=1h', 'worker.php'];
    $pool = new Program($command, ['NOTIFY_SOCKET' => $address, 'WATCHDOG_USEC' => '100000']);
    /** What is told, up to this. */
    $hear = function (string $wanted) use ($server, $pool): array {
        $told = [];
        do {
            $state = stream_socket_recvfrom($server, 4096);
            $told[] = preg_replace('/\d{9,}/', 'N', str_replace(["\n", "MAINPID=$pool->pid"], [', ', 'MAINPID=its pid'], $state));
        } while (!str_starts_with($state, $wanted));
        return array_values(array_unique(array_diff($told, ['WATCHDOG=1'])));
    };
    echo json_encode($hear('READY')), "\n";
    stream_socket_recvfrom($server, 4096);
    $hear('WATCHDOG=1');
    echo "watchdog\n";
    echo 'reload ', pool_run('reload', '--socket=a.sock');
    echo json_encode($hear('READY')), "\n";
    foreach ([SIGUSR1, SIGUSR2] as $signal) {
        $pool->signal($signal);
        echo json_encode($hear('READY')), "\n";
    }
    echo json_encode(status('a.sock')['reloads']), "\n";
    $pool->signal(SIGTERM);
    echo json_encode($hear('STOPPING')), ' ', $pool->end()[0], "\n";
}
?>
--EXPECT--
["READY=1, MAINPID=its pid, STATUS=runs"]
watchdog
reload 0
["RELOADING=1, MONOTONIC_USEC=N","READY=1, STATUS=runs"]
["RELOADING=1, MONOTONIC_USEC=N","READY=1, STATUS=runs"]
["RELOADING=1, MONOTONIC_USEC=N","READY=1, STATUS=runs"]
{"done":3,"failed":0}
["STOPPING=1, STATUS=stops"] 0
["READY=1, MAINPID=its pid, STATUS=runs"]
watchdog
reload 0
["RELOADING=1, MONOTONIC_USEC=N","READY=1, STATUS=runs"]
["RELOADING=1, MONOTONIC_USEC=N","READY=1, STATUS=runs"]
["RELOADING=1, MONOTONIC_USEC=N","READY=1, STATUS=runs"]
{"done":3,"failed":0}
["STOPPING=1, STATUS=stops"] 0
