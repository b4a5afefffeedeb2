--TEST--
bin/pool opens its log, and the files of its workers, again at SIGWINCH and SIGRTMIN; the log as JSON
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
mkdir('logs');
$pool = pool('run', '--socket=a.sock', '--name=a', '--boot-time=1ms', '--log=log', '--log-format=json', '--output-folder=logs', '--restart-delay=0', '--', 'sh', '-c', 'while [ ! -e go ]; do sleep 0.02; done; rm go; echo line; exit 3');
until(fn () => str_contains((string) @file_get_contents('log'), 'is ready'));
foreach ([SIGWINCH, SIGRTMIN] as $number => $signal) {
    touch('go');
    until(fn () => str_contains((string) @file_get_contents('log'), 'exited') && @file_get_contents('logs/a-0.log') === "line\n");
    rename('log', "old$number");
    rename('logs/a-0.log', "logs/old$number");
    $pool->signal($signal);
    until(fn () => str_contains((string) @file_get_contents('log'), 'again'));
}
$pool->signal(SIGTERM);
echo $pool->end()[0], "\n";
foreach (['old0', 'old1', 'log'] as $file) {
    echo "$file\n";
    foreach (file($file) as $line) {
        $line = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
        echo "  $line[level] $line[pool] ", json_encode($line['pid'] === $pool->pid), ' ', without_times($line['message']), ' ', json_encode(strtotime($line['time']) > 1e9), "\n";
    }
}
?>
--EXPECT--
0
old0
  notice a true starts 1 worker true
  notice a true is ready true
  warning a true worker 0 [a-0] (pid N) exited with code 3 after T s, restarts so far: 0; restarting in T s true
old1
  notice a true has opened its files again true
  warning a true worker 0 [a-0] (pid N) exited with code 3 after T s, restarts so far: 1; restarting in T s true
log
  notice a true has opened its files again true
  notice a true stops true
  notice a true has ended true
