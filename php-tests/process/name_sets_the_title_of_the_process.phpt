--TEST--
name() and swoole_set_process_name(): the title of the calling process, whatever object is used; the parent keeps its own
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$title = fn (): string => rtrim(file_get_contents('/proc/' . getmypid() . '/cmdline'), "\0");
$own = $title();
$p = new Process(function (Process $p) use ($title) {
    var_dump($p->name('worker of the test'), cli_get_process_title(), str_starts_with($title(), 'worker of the test'));
    var_dump(swoole_set_process_name('another name'), cli_get_process_title());
    var_dump($p->name(''), cli_get_process_title() === '');
    // Longer than the memory there is: PHP cuts it, and since 8.5 refuses it.
    $cut = PHP_VERSION_ID < 80500;
    var_dump(@$p->name(str_repeat('long ', 100000)) === $cut, str_starts_with(cli_get_process_title(), 'long long') === $cut);
    var_dump((new ReflectionClass(Process::class))->newInstanceWithoutConstructor()->name('without a constructor'));
}, false, 0);
$p->start();
echo ending(Process::wait()), "\n";
var_dump($title() === $own);
?>
--EXPECT--
bool(true)
string(18) "worker of the test"
bool(true)
bool(true)
string(12) "another name"
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
code 0
bool(true)
