--TEST--
bin/pool: --template boots once for all workers; they outlive the template, another one boots for the next worker and for a reload
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
/** Opcache knows a changed file by its time, in whole seconds. */
function change(string $name, string $text): void
{
    static $time = 1_000_000_000;
    file_put_contents('new.php', $text);
    touch('new.php', $time++);
    rename('new.php', $name);
}
/** The workers, once all of them run and tell what they do. */
function workers(int ...$gone): array
{
    do {
        $workers = status('a.sock')['workers'];
        $pids = array_column($workers, 'pid');
        $running = array_filter($workers, fn ($worker) => $worker['state'] === 'running' && $worker['progress'] !== '');
    } while (count($running) < 3 || array_intersect($gone, $pids) !== []);
    echo implode(', ', array_column($workers, 'progress')), '; boots: ', count(file('boots')), "\n";
    return $pids;
}
$boot = <<<'PHP'
<?php
file_put_contents('boots', getmypid() . "\n", FILE_APPEND);
final class App { public const NAME = 'VERSION'; }
mt_rand();
PHP;
change('boot.php', str_replace('VERSION', 'one', $boot));
change('worker.php', <<<'PHP'
<?php
$random = mt_rand();
file_put_contents("random-$worker", $random);
return function ($pool) {
    $pool->progress(App::NAME . (posix_getppid() === $pool->master_pid ? ' of the master' : ' of another'));
    return false;
};
PHP);
$pool = pool('run', '-n3', '--socket=a.sock', '--name=a', '--idle=10ms', '--template=boot.php', 'worker.php');
$pool->hear('has booted its template');
$pool->hear('is ready');
$all = $first = workers();
echo 'random numbers: ', count(array_unique(array_map(file_get_contents(...), glob('random-*')))), "\n";

echo "- a worker is killed\n";
posix_kill($first[0], SIGKILL);
$second = workers($first[0]);
echo json_encode(array_map(fn ($a, $b) => $a === $b, $first, $second)), "\n";

echo "- the template is killed, then a worker\n";
$template = status('a.sock')['template']['pid'];
posix_kill($template, SIGKILL);
echo without_times(strstr($pool->hear('was killed', 2) . $pool->hear('was killed', 2), 'WARNING'));
echo json_encode($second === array_column(status('a.sock')['workers'], 'pid')), "\n";
posix_kill($second[1], SIGKILL);
$third = workers($second[1]);

echo "- a reload with other code\n";
change('boot.php', str_replace('VERSION', 'two', $boot));
echo 'reload ', pool_run('reload', '--socket=a.sock');
$fourth = workers(...$third);

$wrong = ['throw new Exception("no database");', 'function f(int', 'exit(3);', 'posix_kill(getmypid(), SIGKILL);'];
foreach ($wrong as $text) {
    echo "- a reload with code that does not boot\n";
    change('boot.php', "<?php\nini_set('display_errors', 0); ini_set('log_errors', 0);\n$text");
    echo 'reload ', pool_run('reload', '--socket=a.sock');
}
echo json_encode(workers() === $fourth), "\n";
posix_kill($fourth[2], SIGKILL);
$fifth = workers($fourth[2]);
$status = status('a.sock');
echo json_encode([$status['state'], $status['reloads'], $status['template']['boots']]), "\n";

echo "- a reload by a signal\n";
change('boot.php', str_replace('VERSION', 'three', $boot));
$pool->signal(SIGUSR1);
workers(...$fifth);

// The output ends when no process is left.
echo 'stop ', pool_run('stop', '--socket=a.sock'), $pool->end()[0], "\n";
?>
--EXPECT--
one of the master, one of the master, one of the master; boots: 1
random numbers: 3
- a worker is killed
one of the master, one of the master, one of the master; boots: 1
[false,true,true]
- the template is killed, then a worker
WARNING a: worker 0 [a-0] (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
WARNING a: the template (pid N) was killed by SIGKILL (9) after T s
true
one of the master, one of the master, one of the master; boots: 2
- a reload with other code
reload 0
two of the master, two of the master, two of the master; boots: 3
- a reload with code that does not boot
reload 1
pool: the template exited with code 255: Uncaught Exception: no database in /boot.php:3
- a reload with code that does not boot
reload 1
pool: the template exited with code 255: Unclosed '(' in /boot.php:3
- a reload with code that does not boot
reload 1
pool: the template exited with code 3
- a reload with code that does not boot
reload 1
pool: the template was killed by SIGKILL (9)
two of the master, two of the master, two of the master; boots: 3
true
two of the master, two of the master, two of the master; boots: 3
["running",{"done":1,"failed":4},3]
- a reload by a signal
three of the master, three of the master, three of the master; boots: 4
stop 0
0
