<?php
// A supervisor with three children: one ends by itself, one is asked to end, one has to be killed, together with a child of
// its own. It waits for all of them in one stream_select(), as an event loop would.
//
//   scripts/php examples/one_child.php    from the checkout
//   php examples/one_child.php            where the extension is installed

use Swoole\Process;

/** Starts a child that runs $work, and returns when the child is ready. */
function child(callable $work): Process
{
    $child = new Process(function (Process $me) use ($work) {
        pcntl_async_signals(true);
        $work(fn () => $me->write('ready'));
    });
    $child->start();
    $child->read();
    return $child;
}

function forever(): void
{
    while (true) {
        sleep(1);           // a signal just before it is handled after it
    }
}

$children = [
    'ends' => child(function (callable $ready) {
        $ready();
        exit(3);
    }),
    'obeys' => child(function (callable $ready) {
        pcntl_signal(SIGTERM, fn () => exit(4));
        $ready();
        forever();
    }),
    'refuses' => child(function (callable $ready) {
        pcntl_signal(SIGTERM, SIG_IGN);
        // A group of its own: terminate() reaches its children, too.
        posix_setpgid(0, 0);
        if (pcntl_fork()) {
            $ready();
        }
        forever();
    }),
];
$exits = array_map(fn (Process $child) => $child->exitStream(), $children);

while ($exits) {
    [$ready, $none] = [$exits, null];
    if (stream_select($ready, $none, $none, 1) === 0) {
        continue;
    }
    foreach ($ready as $name => $stream) {
        $end = $children[$name]->join();
        echo "$name: code {$end['code']}, signal {$end['signal']}\n";
        unset($exits[$name]);
        // When one has ended, the next one is asked to.
        if ($next = array_key_first($exits)) {
            $children[$next]->terminate(0.1, SIGTERM, $next === 'refuses');
        }
    }
}
echo 'the last one used ', Process::lastUsage()['usage']['ru_maxrss'] > 0 ? 'some' : 'no', " memory\n";
