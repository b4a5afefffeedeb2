--TEST--
Table: a text that is longer than its column leaves a line in the log; one that fits leaves none
--FILE--
<?php
use Swoole\Table;

$log = tempnam(sys_get_temp_dir(), 'log');
swoole_async_set(['log_file' => $log]);
$t = new Table(64);
$t->column('n', Table::TYPE_INT);
$t->column('s', Table::TYPE_STRING, 5);
$t->create();
var_dump($t->set('k', ['n' => 123456789012345, 's' => '12345678']), filesize($log));
var_dump($t->set('k', ['s' => '123456789']), $t->get('k', 's'));
var_dump($t->set('k', ['s' => 1234567890.5]), $t->get('k', 's'));
swoole_async_set(['log_file' => '/dev/null']);
echo preg_replace('/^\[[^]]*\]\t/m', '', file_get_contents($log));
unlink($log);
?>
--EXPECT--
bool(true)
int(0)
bool(true)
string(8) "12345678"
bool(true)
string(8) "12345678"
WARNING	Swoole\Table: a text of 9 bytes for column[s] was cut to 8 bytes
WARNING	Swoole\Table: a text of 12 bytes for column[s] was cut to 8 bytes
