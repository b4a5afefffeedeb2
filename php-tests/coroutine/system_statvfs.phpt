--TEST--
statvfs tells what df(1) does, and nothing for what is not there
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\System;
$known = System::statvfs('/');
echo implode(',', array_keys($known)), "\n";
var_dump($known['blocks'] * $known['frsize'] === (int) disk_total_space('/'), Coroutine::statvfs('/')['files'] === $known['files']);
var_dump(System::statvfs('/no/such'), swoole_last_error() === 2);
foreach ([fn () => System::statvfs(''), fn () => System::statvfs("a\0b"), fn () => System::statvfs([])] as $call) {
    try {
        $call();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
bsize,frsize,blocks,bfree,bavail,files,ffree,favail,fsid,flag,namemax
bool(true)
bool(true)
array(0) {
}
bool(true)
ValueError: Path cannot be empty
ValueError: Swoole\Coroutine\System::statvfs(): Argument #1 ($path) must not contain any null bytes
TypeError: Swoole\Coroutine\System::statvfs(): Argument #1 ($path) must be of type string, array given
