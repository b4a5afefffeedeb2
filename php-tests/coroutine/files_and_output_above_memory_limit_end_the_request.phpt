--TEST--
readFile() and exec() of more than memory_limit allows: PHP's fatal error, shutdown functions, status 255
--FILE--
<?php
require __DIR__ . '/../support.inc';

$file = tempnam(sys_get_temp_dir(), 'big');
ftruncate(fopen($file, 'r+'), 100 << 20);
$common = <<<'END'
    use Swoole\Coroutine\System;
    ini_set('display_errors', '0');
    ini_set('log_errors', '0');
    register_shutdown_function(function (): void {
        preg_match('/VmHWM:\s+(\d+)/', file_get_contents('/proc/self/status'), $m);
        echo $m[1] < 130000 ? 'small' : "grew to $m[1] kB", ': ', substr(error_get_last()['message'] ?? 'nothing', 0, 44), "\n";
    });
    ini_set('memory_limit', '16M');
END;
foreach ([
    "strlen(System::readFile('$file'))", "strlen(System::readFile('/dev/zero'))",
    "strlen(System::exec('cat $file')['output'])", "strlen(System::exec('head -c 3000000 $file')['output'])",
] as $call) {
    [$text, $status] = php_run("<?php\n$common\nSwoole\\Coroutine\\run(function (): void { echo $call, ' '; });");
    echo trim($text), ', ', $status, "\n";
}
unlink($file);
?>
--EXPECT--
small: Allowed memory size of 16777216 bytes exhaus, 255
small: Allowed memory size of 16777216 bytes exhaus, 255
small: Allowed memory size of 16777216 bytes exhaus, 255
3000000 small: nothing, 0
