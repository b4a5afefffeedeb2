--TEST--
swoole_process.fast_exit: On, a child leaves without PHP's module shutdown; Off, it runs; in the parent and a daemon always
--SKIPIF--
<?php
require __DIR__ . '/build.inc';
if (!compiler()) die('skip no C compiler, or no headers of PHP');
if (PHP_DEBUG) die('skip a debug build always runs it');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/build.inc';
$folder = new_folder();
$module = build_module($folder, 'witness', 'write(1, "module shutdown;", 16);');
$code = <<<'PHP'
<?php
use Swoole\Process;
foreach ([
    'returns' => fn () => 0,
    'exits' => fn () => exit(3),
    'exits by Process->exit()' => fn (Process $p) => $p->exit(4),
    'throws' => fn () => throw new Exception('uncaught'),
    'ends by a signal' => fn () => Process::kill(getmypid(), SIGKILL),
    'switches to Off' => fn () => ini_set('swoole_process.fast_exit', 'Off'),
    'switches to On' => fn () => ini_set('swoole_process.fast_exit', 'On'),
] as $how => $callback) {
    echo "$how: ";
    (new Process($callback, false, 0))->start();
    $end = Process::wait();
    echo " code $end[code], signal $end[signal]\n";
}
PHP;
foreach (['On', 'Off'] as $value) {
    echo "--- $value\n";
    [$output] = php_run($code, ['-d', "extension=$module", '-d', "swoole_process.fast_exit=$value", '-d', 'display_errors=0']);
    echo $output, "\n";
}
remove_folder($folder);
?>
--EXPECT--
--- On
returns:  code 0, signal 0
exits:  code 3, signal 0
exits by Process->exit():  code 4, signal 0
throws:  code 255, signal 0
ends by a signal:  code 0, signal 9
switches to Off: module shutdown; code 0, signal 0
switches to On:  code 0, signal 0
module shutdown;
--- Off
returns: module shutdown; code 0, signal 0
exits: module shutdown; code 3, signal 0
exits by Process->exit():  code 4, signal 0
throws: module shutdown; code 255, signal 0
ends by a signal:  code 0, signal 9
switches to Off: module shutdown; code 0, signal 0
switches to On:  code 0, signal 0
module shutdown;
