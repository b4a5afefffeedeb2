--TEST--
bin/pool: a script that returns no callable has the pool and its number, works in a loop of its own or in the event loop, and stops when it is asked
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
$scripts = [
    'a loop' => '<?php while ($pool->workerRunning) { $pool->progress("number $worker"); usleep(1000); } echo "last words of $worker\n";',
    'the event loop' => '<?php
        $timer = Swoole\Timer::tick(1, function () use ($pool, $worker) {
            $pool->progress("number $worker, " . (Swoole\Coroutine::getCid() > 0 ? "in a coroutine" : "in no coroutine"));
        });
        while ($pool->workerRunning) {
            Swoole\Event::dispatch();
        }
        Swoole\Timer::clear($timer);
        echo "last words of $worker\n";',
    'once' => '<?php echo "$worker of ", getenv("POOL_NAME"), "\n"; $pool->progress("done");',
];
foreach ($scripts as $title => $code) {
    echo "$title\n";
    file_put_contents('worker.php', $code);
    $rule = $title === 'once' ? 'once' : 'always';
    $pool = pool('run', '--socket=a.sock', '--name=a', '--grace=60', "--restart=$rule", 'worker.php');
    if ($rule === 'always') {
        $pool->hear('starts');
        until(fn () => file_exists('a.sock') && str_starts_with(status('a.sock')['workers'][0]['progress'] ?? '', 'number'));
        echo status('a.sock')['workers'][0]['progress'], "\n", pool_run('stop', '--socket=a.sock');
    }
    [$status, $output] = $pool->end();
    echo $output, $status, "\n";
}
?>
--EXPECT--
a loop
number 0
0
last words of 0
0
the event loop
number 0, in a coroutine
0
last words of 0
0
once
0 of a
0
