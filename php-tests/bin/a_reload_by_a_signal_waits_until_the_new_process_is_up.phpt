--TEST--
bin/pool: a reload by SIGUSR1 or SIGUSR2 waits until each new process is up; one that fails leaves the others their processes
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
/** Opcache knows a changed file by its time, in whole seconds. */
function change(string $text): void
{
    static $time = 1_000_000_000;
    file_put_contents('new.php', $text);
    touch('new.php', $time++);
    rename('new.php', 'worker.php');
}
$pids = fn () => array_column(status('a.sock')['workers'], 'pid');
$good = '<?php return fn () => false;';
foreach ([SIGUSR1, SIGUSR2] as $signal) {
    change($good);
    $pool = pool('run', '-n3', '--socket=a.sock', '--name=a', '--idle=1h', '--restart-delay=1h', '--restart-max-delay=1h', '--grace=60', 'worker.php');
    $pool->hear('is ready');
    $first = $pids();
    $pool->signal($signal);
    $pool->hear('is reloaded');
    echo count(array_diff($pids(), $first)), " are new\n";
    change('<?php exit(3);');
    $second = $pids();
    $pool->signal($signal);
    echo without_times($pool->hear('could not be reloaded'));
    $third = $pids();
    echo json_encode([$third[0], array_slice($third, 1) === array_slice($second, 1)]), "\n";
    echo json_encode(status('a.sock')['reloads']), "\n";
    $pool->signal(SIGTERM);
    echo $pool->end()[0], "\n";
}
?>
--EXPECT--
3 are new
ERROR a: could not be reloaded: worker a-0 failed before it was up: the others keep their processes
[null,true]
{"done":1,"failed":1}
0
3 are new
ERROR a: could not be reloaded: worker a-0 failed before it was up: the others keep their processes
[null,true]
{"done":1,"failed":1}
0
