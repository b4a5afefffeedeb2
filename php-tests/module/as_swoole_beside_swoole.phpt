--TEST--
swoole_process.as_swoole: the real swoole serves where it is loaded, in either order, and is refused by dl()
--SKIPIF--
<?php
require __DIR__ . '/build.inc';
if (!compiler()) die('skip no C compiler, or no headers of PHP');
if (PHP_ZTS) die('skip dl() is not there');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/build.inc';
$folder = new_folder();
$swoole = build_module($folder, 'swoole');
preg_match('~/.*/swoole_process\.so$~m', file_get_contents('/proc/self/maps'), $m);
$ours = $m[0];
function run(string $code, string ...$words): void
{
    $command = php_command();
    foreach ($command as $at => $word) {
        if (str_ends_with($word, 'swoole_process.so')) {
            unset($command[$at], $command[$at - 1]);
        }
    }
    $process = proc_open([...$command, '-d', 'swoole_process.as_swoole=On', ...$words, '-r', $code], [1 => STDOUT, 2 => STDOUT], $pipes);
    $status = proc_close($process);
    echo "status $status\n";
}
$code = 'echo phpversion("swoole"), " ", json_encode([extension_loaded("swoole_process"), class_exists("Swoole\Process")]), "\n";';
foreach ([[$ours, $swoole], [$swoole, $ours], [$ours]] as $modules) {
    run($code, ...array_merge(...array_map(fn (string $module): array => ['-d', "extension=$module"], $modules)));
}
run('var_dump(dl("swoole.so")); echo phpversion("swoole"), "\n";', '-d', "extension=$ours", '-d', "extension_dir=$folder", '-d', 'enable_dl=1');
remove_folder($folder);
?>
--EXPECTF--

Warning: Cannot load module "swoole_process" because conflicting module "swoole" is already loaded in %s on line %d
1.0 [false,false]
status 0

Warning: Cannot load module "swoole_process" because conflicting module "swoole" is already loaded in %s on line %d
1.0 [false,false]
status 0
6.2.2 [true,true]
status 0

Warning: Module "swoole" is already loaded in %s on line %d
bool(false)
6.2.2
status 0
