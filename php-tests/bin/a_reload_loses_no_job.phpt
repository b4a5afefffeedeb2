--TEST--
bin/pool: reloads under load lose no job; a new worker that does not come up leaves the others as they are
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
array_map(mkdir(...), ['todo', 'taken', 'done']);
$worker = <<<'PHP'
<?php
return function (Swoole\Process\Pool $pool, int $worker) {
    foreach (scandir('todo') as $name) {
        if ($name[0] !== '.' && @rename("todo/$name", "taken/$name.$worker")) {
            usleep(2000);
            // A job that is interrupted stays in between.
            file_put_contents("taken/$name.$worker", 'VERSION');
            rename("taken/$name.$worker", "done/$name");
            return;
        }
    }
    return false;
};
PHP;
/** Opcache knows a changed file by its time, in whole seconds. */
function change(string $text): void
{
    static $time = 1_000_000_000;
    file_put_contents('new.php', $text);
    touch('new.php', $time++);
    rename('new.php', 'worker.php');
}
foreach (['always', 'never'] as $rule) {
    change(str_replace('VERSION', "one $rule", $worker));
    // There are always jobs, until it is enough.
    $test = getmypid();
    $feeder = new Swoole\Process(function () use ($rule, $test) {
        for ($i = 0; !is_file('enough'); $i++) {
            file_put_contents("todo/$rule-$i", '');
            for (; count(scandir('todo')) > 20; clearstatcache()) {
                usleep(1000);
                // A test that fails leaves it alone.
                posix_getppid() === $test || exit(1);
            }
        }
        file_put_contents('enough', $i);
    });
    $feeder->start();
    until(fn () => glob('todo/*') !== []);
    $pool = pool('run', '-n3', '--socket=a.sock', '--name=a', '--idle=10ms', '--max-jobs=20', "--restart=$rule", '--grace=60', 'worker.php');
    $pool->hear('is ready');
    change(str_replace('VERSION', "two $rule", $worker));
    echo 'reload ', pool_run('reload', '--socket=a.sock');
    echo 'reload ', pool_run('reload', '--socket=a.sock');
    touch('enough');
    Swoole\Process::wait();
    $jobs[$rule] = (int) file_get_contents('enough');
    unlink('enough');
    until(fn () => glob('todo/*') === []);
    echo 'stop ', pool_run('stop', '--socket=a.sock'), $pool->end()[0], "\n";
}
$versions = array_count_values(array_map(file_get_contents(...), glob('done/*')));
ksort($versions);
echo json_encode([array_sum($versions) === array_sum($jobs), array_keys($versions), glob('taken/*')]), "\n";

$pool = pool('run', '-n2', '--socket=a.sock', '--name=a', '--idle=10ms', '--restart-delay=1h', '--restart-max-delay=1h', 'worker.php');
$pool->hear('is ready');
$before = array_column(status('a.sock')['workers'], 'pid');
change('<?php exit(7);');
echo 'reload ', pool_run('reload', '--socket=a.sock');
$status = status('a.sock');
echo json_encode([$status['state'], array_column($status['workers'], 'state'), $status['workers'][1]['pid'] === $before[1], $status['reloads']]), "\n";
// When the script is whole again, a reload brings all of them.
change($worker);
echo 'reload ', pool_run('reload', '--socket=a.sock');
echo json_encode(array_column(status('a.sock')['workers'], 'state')), "\n";
$pool->signal(SIGTERM);
echo $pool->end()[0], "\n";
?>
--EXPECT--
reload 0
reload 0
stop 0
0
reload 0
reload 0
stop 0
0
[true,["one always","one never","two always","two never"],[]]
reload 1
pool: worker a-0 failed before it was up: the others keep their processes
["running",["waiting","running"],true,{"done":0,"failed":1}]
reload 0
["running","running"]
0
