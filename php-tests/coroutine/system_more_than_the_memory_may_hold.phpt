--TEST--
exec and readFile of more than the request may have of memory: PHP's own fatal error, and no process is left
--FILE--
<?php
require __DIR__ . '/../support.inc';
$file = tempnam(sys_get_temp_dir(), 'large');
ftruncate(fopen($file, 'w'), 20_000_000);
foreach (['exec' => "'echo $$ >$file.pid; exec cat /dev/zero'", 'readFile' => "'$file'"] as $method => $argument) {
    [$output] = php_run("<?php
        ini_set('memory_limit', '16M');
        register_shutdown_function(function () { echo 'shut down, ', count(scandir('/proc/self/fd')) < 20 ? 'few' : 'many', \" descriptors\\n\"; });
        Swoole\\Coroutine\\run(function () { Swoole\\Coroutine\\System::$method($argument); });
    ", ['-d', 'display_errors=1', '-d', 'log_errors=0', '-d', 'html_errors=0']);
    echo "$method: $output";
}
until_ended((int) file_get_contents("$file.pid"));
foreach (['/dev/zero'] as $endless) {
    [$output] = php_run("<?php
        ini_set('memory_limit', '16M');
        Swoole\\Coroutine\\run(function () { Swoole\\Coroutine\\System::readFile('$endless'); });
    ", ['-d', 'display_errors=1', '-d', 'log_errors=0', '-d', 'html_errors=0']);
    echo "$endless: $output";
}
array_map('unlink', [$file, "$file.pid"]);
?>
--EXPECTF--
exec: 
Fatal error: Allowed memory size of 16777216 bytes exhausted%s(tried to allocate %d bytes) in %s on line %d
shut down, few descriptors
readFile: 
Fatal error: Allowed memory size of 16777216 bytes exhausted%s(tried to allocate %d bytes) in %s on line %d
shut down, few descriptors
/dev/zero: 
Fatal error: Allowed memory size of 16777216 bytes exhausted%s(tried to allocate %d bytes) in %s on line %d
