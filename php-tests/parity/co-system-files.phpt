--TEST--
System::readFile and writeFile: return values, FILE_APPEND, missing files; what is in them.
--FILE--
<?php
// Pins: System::readFile and writeFile: return values, FILE_APPEND, missing files; what is in them.
// Status: documented.
use Swoole\Coroutine\System;
use function Swoole\Coroutine\run;
$name = tempnam(sys_get_temp_dir(), 'co');
run(function () use ($name) {
    var_dump(System::writeFile($name, "first\n"), System::readFile($name));
    var_dump(System::writeFile($name, "second\n", FILE_APPEND), System::readFile($name));
    var_dump(System::writeFile($name, ''), System::readFile($name));
    var_dump(System::writeFile($name, str_repeat('x', 300000)), strlen(System::readFile($name)));
    var_dump(System::readFile('/no/such/file'));
    var_dump(System::writeFile('/no/such/dir/file', 'x'));
    foreach ([fn () => System::readFile(''), fn () => System::writeFile('', 'x')] as $f) {
        try {
            var_dump($f());
        } catch (Throwable $e) {
            echo get_class($e), ': ', $e->getMessage(), "\n";
        }
    }
});
unlink($name);
--EXPECT--
int(6)
string(6) "first
"
int(7)
string(13) "first
second
"
int(0)
string(0) ""
int(300000)
int(300000)
bool(false)
bool(false)
ValueError: Filename cannot be empty
ValueError: Filename cannot be empty
