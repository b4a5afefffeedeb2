--TEST--
packaging/swoole_process.ini names every setting of the module, with its default
--FILE--
<?php
$text = file_get_contents(dirname(__DIR__, 2) . '/packaging/swoole_process.ini');
echo preg_match('/^extension=swoole_process$/m', $text), "\n";
preg_match_all('/^;([a-z_.]+)=(.*)$/m', $text, $m);
$named = array_combine($m[1], $m[2]);
$there = array_map(fn (array $setting): string => $setting['global_value'] ?? '', ini_get_all('swoole_process'));
ksort($named);
var_dump($named == $there ?: [array_diff_assoc($there, $named), array_diff_assoc($named, $there)]);
// It is what PHP can read.
var_dump(parse_ini_string(preg_replace('/^;(?=[a-z])/m', '', $text)) !== false);
?>
--EXPECT--
1
bool(true)
bool(true)
