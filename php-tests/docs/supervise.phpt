--TEST--
docs/supervise.md tells of each option of bin/pool with its default, and its example of a file is understood
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use SwooleProcess\Pool\{ConfigFile, Option};

require __DIR__ . '/examples.inc';
require TOP . '/lib/swoole-process/autoload.php';
check_examples('docs/supervise.md');
$text = file_get_contents(TOP . '/docs/supervise.md');
preg_match_all('/^\| (?:`-(\w)`, )?`--([\w-]+)=[^`]+` \| (.*?) \|/m', $text, $rows, PREG_SET_ORDER);
$told = array_column($rows, null, 2);
foreach (Option::all() as $name => $option) {
    $default = match (true) {
        is_float($option->default) => $option->default === 0.0 ? '0' : "{$option->default}s",
        is_int($option->default) => (string) $option->default,
        is_string($option->default) => "`$option->default`",
        default => null,
    };
    if (!isset($told[$name]) || $told[$name][1] !== (string) $option->short || ($default !== null && $told[$name][3] !== $default)) {
        echo "$name is not told of as it is\n";
    }
}
echo implode(' ', array_diff(array_keys($told), array_keys(Option::all()))), "\n";
// The first block of an INI file that is no unit of systemd.
foreach (blocks($text) as $block) {
    if ($block['language'] === 'ini' && !str_contains($block['code'], 'ExecStart')) {
        $file = tempnam(sys_get_temp_dir(), 'ini');
        file_put_contents($file, $block['code']);
        $read = new ConfigFile($file);
        unlink($file);
        echo json_encode([$read->run, $read->isCommand, $read->options['env'], $read->options['rlimit'], $read->options['log']], JSON_UNESCAPED_SLASHES), "\n";
    }
}
?>
--EXPECT--
all are right

[["php","artisan","queue:work","--tries=3"],true,["APP_ENV=prod"],["nofile=1024","core=0"],["/var/log/mail.log"]]
