--TEST--
composer.json names what PIE needs and what is there; that of the stubs provides ext-swoole
--FILE--
<?php
$top = dirname(__DIR__, 2);
$pie = json_decode(file_get_contents("$top/composer.json"), true, 512, JSON_THROW_ON_ERROR);
$settings = $pie['php-ext'];
var_dump($pie['type'], $settings['extension-name'], extension_loaded($settings['extension-name']));
var_dump(in_array(strtolower(PHP_OS_FAMILY), $settings['os-families'], true));
$folder = "$top/{$settings['build-path']}";
$configure = file_get_contents("$folder/config.m4");
var_dump(is_file("$folder/Makefile.frag"));
foreach ($settings['configure-options'] as $option) {
    $name = preg_replace('/^(enable|disable)-/', '', $option['name']);
    echo $option['name'], str_contains($configure, "PHP_ARG_ENABLE([$name]") ? '' : ' is no option of config.m4', "\n";
}
// The versions of PHP that may have it include this one.
preg_match('/^>=([\d.]+) <([\d.]+)$/', $pie['require']['php'], $range);
var_dump(version_compare(PHP_VERSION, $range[1], '>=') && version_compare(PHP_VERSION, $range[2], '<'));

$stubs = json_decode(file_get_contents("$top/stubs/composer.json"), true, 512, JSON_THROW_ON_ERROR);
var_dump($stubs['provide']['ext-swoole'] === SWOOLE_VERSION);
foreach ($stubs['extra']['phpstan']['includes'] as $file) {
    preg_match_all('/^ +- (.*)$/m', file_get_contents("$top/stubs/$file"), $files);
    foreach ($files[1] as $name) {
        var_dump(is_file("$top/stubs/$name"));
    }
}
?>
--EXPECT--
string(7) "php-ext"
string(14) "swoole_process"
bool(true)
bool(true)
bool(true)
enable-swoole-process-tls
disable-swoole-process-tls
bool(true)
bool(true)
bool(true)
bool(true)
