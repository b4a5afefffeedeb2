--TEST--
a pool runs as process 1 of a namespace: it answers to SIGTERM, reaps orphans, and takes everything with it
--EXTENSIONS--
posix
--SKIPIF--
<?php
exec('unshare -pf --mount-proc true 2>/dev/null', $output, $status);
if ($status !== 0) {
    die('skip namespaces are not permitted');
}
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
$code = <<<'PHP'
<?php
use Swoole\Process\Pool;
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
echo 'pid ', getmypid(), "\n";
$pool->on('WorkerStart', function (Pool $pool, int $id) {
    if ($id === 1) {
        $pool->sendMessage('orphans', 0);
    }
});
$pool->on('Message', function (Pool $pool) {
    // Children of a process that ends before they do are process 1's.
    for ($i = 0; $i < 5; $i++) {
        exec('(sleep 0.1 &) </dev/null >/dev/null 2>&1');
    }
    $left = fn () => array_filter(glob('/proc/[0-9]*'), fn ($folder) => str_contains((string) @file_get_contents("$folder/stat"), '(sleep)'));
    echo 'there are orphans: ', json_encode(count($left()) > 0), "\n";
    for ($i = 0; $left() !== [] && $i < 30000; $i++) {
        usleep(1000);
    }
    echo 'orphans left: ', count($left()), "\n";
    $pool->shutdown();
});
$pool->on('WorkerStop', fn () => print("WorkerStop\n"));
var_dump($pool->start());
PHP;
$file = tempnam(sys_get_temp_dir(), 'init');
file_put_contents($file, $code);
$command = implode(' ', array_map('escapeshellarg', [...php_command(), $file]));
passthru("unshare -pf --mount-proc $command 2>&1", $status);
echo "status $status\n";
unlink($file);
?>
--EXPECT--
pid 1
there are orphans: true
orphans left: 0
WorkerStop
WorkerStop
NULL
status 0
