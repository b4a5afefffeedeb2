--TEST--
a process started in a callback has an empty loop and none of the loop's descriptors; the parent's loop goes on as if nothing had been
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
$kinds = [
    'read' => function (callable $act) {
        [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        fwrite($b, 'x');
        Event::add($a, function ($a) use ($act, $b) {
            fread($a, 1);
            Event::del($a);
            $act();
            $b = null;
        });
    },
    'write' => function (callable $act) {
        [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Event::add($a, null, function ($a) use ($act, $b) {
            Event::del($a);
            $act();
            $b = null;
        }, SWOOLE_EVENT_WRITE);
    },
    'signal' => function (callable $act) {
        Process::signal(SIGUSR1, $act);
        posix_kill(getmypid(), SIGUSR1);
    },
    'timer' => fn (callable $act) => Timer::after(1, $act),
    'defer' => fn (callable $act) => Event::defer($act),
    'before' => fn (callable $act) => Event::cycle(function () use ($act) {
        Event::cycle(null, true);
        $act();
    }, true),
    'after' => fn (callable $act) => Event::defer(fn () => null) && Event::cycle(function () use ($act) {
        Event::cycle(null);
        $act();
    }),
];
$own = fn () => array_count_values(preg_grep('/eventpoll|eventfd/', links()));
$main = getmypid();
foreach ($kinds as $kind => $prepare) {
    [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $seen = [];
    Event::add($a, function ($a) use (&$seen, $main) {
        $seen[] = getmypid() === $main ? fread($a, 10) : 'in the child';
        Event::del($a);
    });
    Process::signal(SIGUSR2, function () use (&$seen) {
        $seen[] = 'signal';
    });
    $prepare(function () use ($own, $b, &$seen, $a) {
        $p = new Process(function (Process $p) use ($own, $a) {
            $loop = [count($own()), Timer::stats()['num'], @Event::isset($a), Event::dispatch()];
            Timer::after(1, function () use (&$loop) {
                $loop[] = 'own timer';
            });
            Event::wait();
            $p->write(json_encode($loop));
        });
        $p->start();
        $seen[] = $p->read();
        Process::wait();
        fwrite($b, 'read');
        posix_kill(getmypid(), SIGUSR2);
    });
    Timer::tick(2, function (int $id) use (&$seen) {
        if (count($seen) >= 3) {
            Timer::clear($id);
            $seen[] = 'tick';
        }
    });
    Event::wait();
    echo "$kind: ", implode(' ', $seen), ' ', json_encode($own()), "\n";
    Process::signal(SIGUSR2, null);
    $kind === 'signal' && Process::signal(SIGUSR1, null);
}
?>
--EXPECT--
read: [0,0,false,false,"own timer"] signal read tick []
write: [0,0,false,false,"own timer"] signal read tick []
signal: [0,0,false,false,"own timer"] signal read tick []
timer: [0,0,false,false,"own timer"] read signal tick []
defer: [0,0,false,false,"own timer"] read signal tick []
before: [0,0,false,false,"own timer"] read signal tick []
after: [0,0,false,false,"own timer"] read signal tick []
