--TEST--
readFile and writeFile: plain files, devices, pipes that are waited for, locks, and what they refuse
--EXTENSIONS--
posix
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$folder = sys_get_temp_dir() . '/files' . getmypid();
mkdir($folder);
umask(022);
run(function () use ($folder) {
    Coroutine::sleep(0.001);
    $before = links();
    $file = "$folder/file";
    echo "-- plain\n";
    var_dump(System::writeFile($file, "one\0\n"), System::readFile($file) === "one\0\n", decoct(fileperms($file) & 07777));
    var_dump(System::writeFile($file, 'two', FILE_APPEND), System::readFile($file) === "one\0\ntwo", Coroutine::readFile($file, LOCK_EX) === "one\0\ntwo");
    var_dump(System::writeFile($file, '3', LOCK_EX), System::readFile($file), System::writeFile($file, '4', LOCK_EX | FILE_APPEND), System::readFile($file));
    foreach ([0, 1, 8191, 8192, 8193, 2000000] as $size) {
        $text = $size === 0 ? '' : random_bytes($size);
        var_dump(System::writeFile($file, $text) === $size && System::readFile($file) === $text);
    }
    chdir($folder);
    var_dump(strlen(System::readFile('file')));
    // It does not tell its size, and is longer than what a call reads.
    var_dump(System::readFile('/proc/version') === file_get_contents('/proc/version'), strlen(System::readFile('/proc/kallsyms')) > 100000);
    var_dump(System::readFile('/dev/null'), System::writeFile('/dev/null', 'x'));
    echo "-- refused\n";
    foreach ([fn () => System::readFile('/no/such'), fn () => System::readFile($folder), fn () => System::writeFile($folder, 'x'),
        fn () => System::writeFile('/no/such/file', 'x'), fn () => System::writeFile('/dev/full', str_repeat('x', 9000)),
        fn () => System::readFile("$file/x"), fn () => System::readFile('/' . str_repeat('x', 5000))] as $call) {
        printf("%s %s\n", json_encode($call()), posix_strerror(swoole_last_error()));
    }
    echo "-- a symbolic link\n";
    symlink($file, "$folder/link");
    $text = System::readFile($file);
    foreach ([0, FILE_APPEND, LOCK_EX] as $flags) {
        printf("%s %s\n", json_encode(System::writeFile("$folder/link", 'x', $flags)), posix_strerror(swoole_last_error()));
    }
    var_dump(System::readFile("$folder/link") === $text, unlink("$folder/link"));
    echo "-- a pipe\n";
    posix_mkfifo("$folder/pipe", 0600);
    $long = str_repeat('long ', 100000);
    // Each waits for the other side to open it, and then for data and for room.
    $reader = go(function () use ($folder, $long) { var_dump(System::readFile("$folder/pipe") === $long); });
    Coroutine::sleep(0.02);
    echo "the reader waits\n";
    $writer = go(function () use ($folder, $long) { var_dump(System::writeFile("$folder/pipe", $long) === strlen($long)); });
    Coroutine::join([$reader, $writer]);
    $writer = go(function () use ($folder, $long) { var_dump(System::writeFile("$folder/pipe", $long) === strlen($long)); });
    echo "the writer waits\n";
    $reader = go(function () use ($folder, $long) { var_dump(System::readFile("$folder/pipe") === $long); });
    Coroutine::join([$reader, $writer]);
    foreach ([fn () => System::readFile("$folder/pipe"), fn () => System::writeFile("$folder/pipe", 'x')] as $call) {
        $cid = go(function () use ($call) { var_dump($call(), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED); });
        Coroutine::cancel($cid);
        $cid = go(function () use ($call) {
            Coroutine::setTimeLimit(0.01);
            try {
                $call();
            } catch (Coroutine\TimeoutException $e) {
                echo get_class($e), "\n";
            }
        });
        Coroutine::join([$cid]);
    }
    $hold = fopen("$folder/pipe", 'r+');
    // There is room for a part of it.
    $writer = go(function () use ($folder) { var_dump(System::writeFile("$folder/pipe", str_repeat('x', 1000000))); });
    Coroutine::cancel($writer);
    var_dump(strlen(fread($hold, 8192)) > 0);
    fclose($hold);
    echo "-- a lock\n";
    $other = fopen($file, 'r+');
    flock($other, LOCK_EX);
    $writer = go(function () use ($file) { var_dump(System::writeFile($file, 'mine', LOCK_EX)); });
    $reader = go(function () use ($file) { var_dump(System::readFile($file, LOCK_EX), swoole_last_error() === SWOOLE_ERROR_CO_CANCELED); });
    Coroutine::cancel($reader);
    clearstatcache();
    var_dump(filesize($file));
    flock($other, LOCK_UN);
    Coroutine::join([$writer]);
    fclose($other);
    var_dump(System::readFile($file), links() === $before);
});
array_map('unlink', ["$folder/file", "$folder/pipe"]);
rmdir($folder);
foreach ([fn () => System::readFile("a\0b"), fn () => System::writeFile("a\0b", ''), fn () => System::readFile([]), fn () => System::writeFile('x', []),
    fn () => System::readFile(__FILE__), fn () => System::writeFile('/no/such/file', '')] as $call) {
    try {
        $call();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- plain
int(5)
bool(true)
string(3) "644"
int(3)
bool(true)
bool(true)
int(1)
string(1) "3"
int(1)
string(2) "34"
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
int(2000000)
bool(true)
bool(true)
string(0) ""
int(1)
-- refused
false No such file or directory
false Is a directory
false Is a directory
false No such file or directory
false No space left on device
false Not a directory
false File name too long
-- a symbolic link
false Too many levels of symbolic links
false Too many levels of symbolic links
false Too many levels of symbolic links
bool(true)
bool(true)
-- a pipe
the reader waits
bool(true)
bool(true)
the writer waits
bool(true)
bool(true)
bool(false)
bool(true)
Swoole\Coroutine\TimeoutException
bool(false)
bool(true)
Swoole\Coroutine\TimeoutException
bool(false)
bool(true)
-- a lock
bool(false)
bool(true)
int(2000000)
int(4)
string(4) "mine"
bool(true)
ValueError: Swoole\Coroutine\System::readFile(): Argument #1 ($filename) must not contain any null bytes
ValueError: Swoole\Coroutine\System::writeFile(): Argument #1 ($filename) must not contain any null bytes
TypeError: Swoole\Coroutine\System::readFile(): Argument #1 ($filename) must be of type string, array given
TypeError: Swoole\Coroutine\System::writeFile(): Argument #2 ($fileContent) must be of type string, array given
Swoole\Error: API must be called in the coroutine
Swoole\Error: API must be called in the coroutine
