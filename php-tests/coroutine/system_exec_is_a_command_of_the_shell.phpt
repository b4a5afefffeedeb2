--TEST--
exec: output, errors, ends, and what a command finds: no descriptor of the script's, no blocked or handled signal
--EXTENSIONS--
pcntl
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$file = fopen(__FILE__, 'r');
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
run(function () {
    Coroutine::sleep(0.001);
    $before = links();
    foreach (['exit 300', 'echo out', 'kill -TERM $$', 'no_such_command', 'cat', 'echo $0'] as $command) {
        echo "$command: ", json_encode(System::exec("($command) </dev/null 2>/dev/null; exit $?")), "\n";
    }
    // Its output is closed long before its end; and kept open after it.
    echo json_encode(System::exec('exec >&-; sleep 0.02; exit 3')), "\n";
    echo json_encode(System::exec('(sleep 0.05; echo later) & exit 4')), "\n";
    echo json_encode(Coroutine::exec('echo error >&2', get_error_stream: true)), "\n";
    var_dump(strlen(System::exec('head -c 5000000 /dev/zero')['output']), md5(System::exec('printf "\\0\\377"')['output']) === md5("\0\xff"));
    // The last one is that of the list itself.
    echo "-- descriptors: ", json_encode(explode("\n", System::exec('ls /proc/self/fd')['output'])), "\n";
    Process::signal(SIGUSR2, fn () => 0);
    Process::signal(SIGCHLD, fn () => 0);
    preg_match_all('/^Sig(\w+):\s+(\w+)$/m', System::exec('cat /proc/self/status')['output'], $m);
    $masks = array_map(hexdec(...), array_combine($m[1], $m[2]));
    printf("-- signals: %d caught, SIGPIPE %s, SIGCHLD %s\n", $masks['Cgt'], $masks['Ign'] & 1 << SIGPIPE - 1 ? 'ignored' : 'not ignored',
        $masks['Ign'] & 1 << SIGCHLD - 1 ? 'ignored' : 'not ignored');
    // With the signal of children ignored, and others who wait for children.
    pcntl_signal(SIGCHLD, SIG_IGN);
    var_dump(System::exec('exit 5')['code']);
    pcntl_signal(SIGCHLD, SIG_DFL);
    $runs = tempnam(sys_get_temp_dir(), 'runs');
    $cid = go(function () use ($runs) { echo json_encode(System::exec("while [ -e $runs ]; do sleep 0.01; done; exit 6")), "\n"; });
    var_dump(Process::wait(), System::wait(0.1), pcntl_wait($status), System::waitPid(children()[0], 0.1));
    unlink($runs);
    Coroutine::join([$cid]);
    var_dump(children() === [], links() === $before);
});
foreach ([fn () => System::exec("a\0b"), fn () => System::exec([]), fn () => System::exec('true')] as $call) {
    try {
        $call();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
exit 300: {"code":44,"signal":0,"output":""}
echo out: {"code":0,"signal":0,"output":"out\n"}
kill -TERM $$: {"code":0,"signal":15,"output":""}
no_such_command: {"code":127,"signal":0,"output":""}
cat: {"code":0,"signal":0,"output":""}
echo $0: {"code":0,"signal":0,"output":"\/bin\/sh\n"}
{"code":3,"signal":0,"output":""}
{"code":4,"signal":0,"output":"later\n"}
{"code":0,"signal":0,"output":"error\n"}
int(5000000)
bool(true)
-- descriptors: ["0","1","2","3",""]
-- signals: 0 caught, SIGPIPE not ignored, SIGCHLD not ignored
int(5)
bool(false)
bool(false)
int(-1)
bool(false)
{"code":6,"signal":0,"output":""}
bool(true)
bool(true)
ValueError: Swoole\Coroutine\System::exec(): Argument #1 ($command) must not contain any null bytes
TypeError: Swoole\Coroutine\System::exec(): Argument #1 ($command) must be of type string, array given
Swoole\Error: API must be called in the coroutine
