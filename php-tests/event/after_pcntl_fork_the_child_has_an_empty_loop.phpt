--TEST--
a child of pcntl_fork() in a callback has an empty loop: the parent's timers, watchers and handlers are the parent's
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
pcntl_alarm(50);
$main = getmypid();
$where = fn () => getmypid() === $main ? 'parent' : 'child';
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
Event::add($a, function ($a) use ($where) {
    echo 'reader in the ', $where(), ': ', fread($a, 100), "\n";
    Event::del($a);
});
Process::signal(SIGUSR1, fn () => print("handler in the {$where()}\n"));
Timer::after(1, function () use ($where, $b) {
    $pid = pcntl_fork();
    if ($pid === 0) {
        pcntl_alarm(50);
        echo 'child: ', json_encode([Timer::stats()['num'], Timer::list()->count()]), "\n";
        $start = hrtime(true);
        Timer::after(30, function () use ($start, $where) {
            echo 'timer of the ', $where(), hrtime(true) - $start >= 30e6 ? ' is in time' : ' is too early', "\n";
        });
        return;
    }
    pcntl_waitpid($pid, $status);
    echo "child ended with ", pcntl_wexitstatus($status), "\n";
    fwrite($b, 'hello');
    posix_kill(getmypid(), SIGUSR1);
});
Timer::after(2, fn () => print("timer of the parent in the {$where()}\n"));
usleep(3000);
Event::wait();
echo 'end of the ', $where(), "\n";
?>
--EXPECT--
child: [0,0]
timer of the child is in time
end of the child
child ended with 0
timer of the parent in the parent
reader in the parent: hello
handler in the parent
end of the parent
