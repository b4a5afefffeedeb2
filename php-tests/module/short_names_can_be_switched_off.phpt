--TEST--
swoole.use_shortname tells in SWOOLE_USE_SHORTNAME whether short names are wanted; it can be set in php.ini only
--FILE--
<?php
require __DIR__ . '/../support.inc';
foreach (['On', 'Off'] as $value) {
    [$output] = php_run('<?php var_dump(SWOOLE_USE_SHORTNAME, ini_set("swoole.use_shortname", "1"));', ['-d', "swoole.use_shortname=$value"]);
    echo $output;
}
?>
--EXPECT--
bool(true)
bool(false)
bool(false)
bool(false)
