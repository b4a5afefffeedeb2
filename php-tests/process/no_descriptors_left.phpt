--TEST--
without descriptors: the constructor throws a Swoole\Exception with the errno, read() still sees the end, start() warns
--FILE--
<?php
require __DIR__ . '/../support.inc';
$code = <<<'PHP'
<?php
use Swoole\Process;
foreach ([SOCK_STREAM, SOCK_DGRAM] as $type) {
    $p = new Process(fn (Process $p) => $p->write('a message'), false, $type);
    $p->start();
    $dead = new Process(fn () => 0, false, $type);
    $dead->start();
    $full = [];
    while ($file = @fopen('/dev/null', 'r')) {
        $full[] = $file;
    }
    try {
        new Process(fn () => 0, false, $type);
    } catch (Swoole\Exception $e) {
        echo get_class($e), ': ', $e->getMessage(), ' ', $e->getCode(), "\n";
    }
    // One without a pipe needs none.
    $none = new Process(fn () => exit(3), false, 0);
    $none->start();
    // There is no room for what the end of a process could be seen by.
    echo json_encode([$p->read(), $dead->read()]), "\n";
    while (Process::wait());
    // What was held for the children is closed. Room for one of the two that a new pair needs stays.
    while ($file = @fopen('/dev/null', 'r')) {
        $full[] = $file;
    }
    array_pop($full);
    var_dump($dead->start(), swoole_strerror(swoole_errno()), Process::wait());
    $full = [];
    var_dump($dead->start() > 0, $dead->read());
    Process::wait();
}
PHP;
// Room for some more than are open already, whatever their numbers are.
$limit = count(links()) + 40;
file_put_contents($file = tempnam(sys_get_temp_dir(), 'test'), $code);
$command = implode(' ', array_map('escapeshellarg', [...php_command(), $file]));
passthru("ulimit -n $limit; exec $command");
unlink($file);
?>
--EXPECTF--
Swoole\Exception: socketpair() failed, Error: Too many open files[24] 24
["a message",""]

Warning: Swoole\Process::start(): socketpair() failed, Error: Too many open files[24] in %s on line %d
bool(false)
string(19) "Too many open files"
bool(false)
bool(true)
string(0) ""
Swoole\Exception: socketpair() failed, Error: Too many open files[24] 24
["a message",""]

Warning: Swoole\Process::start(): socketpair() failed, Error: Too many open files[24] in %s on line %d
bool(false)
string(19) "Too many open files"
bool(false)
bool(true)
string(0) ""
