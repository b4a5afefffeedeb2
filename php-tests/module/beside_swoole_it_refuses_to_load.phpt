--TEST--
beside swoole or openswoole the module refuses to load, in either order, and says why; PHP and the other module go on
--SKIPIF--
<?php
require __DIR__ . '/build.inc';
if (!compiler()) die('skip no C compiler, or no headers of PHP');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/build.inc';
$folder = new_folder();
$code = <<<'PHP'
echo json_encode(array_map('extension_loaded', ['swoole_process', 'swoole', 'openswoole'])), ' ',
    json_encode([class_exists('Swoole\Process'), function_exists('swoole_version'), defined('SWOOLE_VERSION'), ini_get('swoole.display_errors')]), "\n";
PHP;
/** Runs the code with these modules, in this order. */
function run(string $code, string ...$modules): void
{
    $command = php_command();
    foreach ($command as $at => $word) {
        if (str_ends_with($word, 'swoole_process.so')) {
            unset($command[$at], $command[$at - 1]);
        }
    }
    foreach ($modules as $module) {
        array_push($command, '-d', "extension=$module");
    }
    $process = proc_open([...$command, '-r', $code], [1 => STDOUT, 2 => STDOUT], $pipes);
    $status = proc_close($process);
    echo "status $status\n";
}
preg_match('~/.*/swoole_process\.so$~m', file_get_contents('/proc/self/maps'), $m);
$ours = $m[0];
$swoole = build_module($folder, 'swoole');
$openswoole = build_module($folder, 'openswoole');
echo "--- alone\n";
run($code, $ours);
foreach (['swoole' => $swoole, 'openswoole' => $openswoole] as $name => $other) {
    echo "--- after $name\n";
    run($code, $other, $ours);
    echo "--- before $name\n";
    run($code, $ours, $other);
}
echo "--- between them\n";
run($code, $swoole, $ours, $openswoole);
remove_folder($folder);
?>
--EXPECTF--
--- alone
[true,false,false] [true,true,true,"On"]
status 0
--- after swoole

Warning: Cannot load module "swoole_process" because conflicting module "swoole" is already loaded in %s on line %d
[false,true,false] [false,false,false,false]
status 0
--- before swoole

Warning: Cannot load module "swoole_process" because conflicting module "swoole" is already loaded in %s on line %d
[false,true,false] [false,false,false,false]
status 0
--- after openswoole

Warning: Cannot load module "swoole_process" because conflicting module "openswoole" is already loaded in %s on line %d
[false,false,true] [false,false,false,false]
status 0
--- before openswoole

Warning: Cannot load module "swoole_process" because conflicting module "openswoole" is already loaded in %s on line %d
[false,false,true] [false,false,false,false]
status 0
--- between them

Warning: Cannot load module "swoole_process" because conflicting module "swoole" is already loaded in %s on line %d
[false,true,true] [false,false,false,false]
status 0
