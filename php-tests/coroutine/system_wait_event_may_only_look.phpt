--TEST--
waitEvent with a time limit of 0 does not wait; waitPid of -1 waits for any child
--FILE--
<?php
use Swoole\Coroutine\System;
use Swoole\{Coroutine, Process};
$children = [];
foreach ([3, 4] as $code) {
    $child = new Process(fn () => exit($code), false, 0);
    $children[$child->start()] = $code;
}
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Coroutine::set(['hook_flags' => 0]);
Coroutine\run(function () use ($a, $b, $children) {
    $look = fn ($events) => json_encode([System::waitEvent($a, $events, 0), swoole_last_error()]);
    $turns = 0;
    Coroutine::create(function () use (&$turns) {
        while ($turns >= 0) {
            $turns++;
            Coroutine::sleep(0.001);
        }
    });
    swoole_clear_error();
    echo $look(SWOOLE_EVENT_READ), "\n";
    swoole_clear_error();
    echo $look(SWOOLE_EVENT_WRITE), $look(SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE), "\n";
    fwrite($b, 'x');
    echo $look(SWOOLE_EVENT_READ), $look(SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE), "\n";
    fread($a, 1);
    fclose($b);
    echo $look(SWOOLE_EVENT_READ), "\n";
    var_dump(System::waitEvent(1023, SWOOLE_EVENT_READ, 0), swoole_last_error());
    echo 'no other coroutine had a turn: ', json_encode($turns === 1), "\n";
    $turns = -1;
    for ($i = 0; $i < 2; $i++) {
        ['pid' => $pid, 'code' => $code] = System::waitPid(-1);
        var_dump($children[$pid] === $code);
    }
    var_dump(System::waitPid(-1), swoole_last_error());
});
?>
--EXPECT--
[false,110]
[1024,0][1024,0]
[512,0][1536,0]
[512,0]
bool(false)
int(9)
no other coroutine had a turn: true
bool(true)
bool(true)
bool(false)
int(10)
