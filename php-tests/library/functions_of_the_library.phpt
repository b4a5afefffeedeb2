--TEST--
functions that are written in PHP in Swoole: options of the library, tables by a text, short ways to objects
--FILE--
<?php
var_dump(swoole_library_get_options(), swoole_library_get_option('a'));
swoole_library_set_options(['a' => 1]);
swoole_library_set_option('b', ['x']);
var_dump(swoole_library_get_options() === ['a' => 1, 'b' => ['x']], swoole_library_get_option('b') === ['x'], SwooleLibrary::$options['a']);
var_dump(swoole_string('text'), swoole_array([1]), swoole_array_list(1, 2), _string('a'), _array(['k' => 1]));
var_dump(get_class(swoole_mbstring('ä')), get_class(_mbstring()));
var_dump(swoole_array_default_value(['a' => null], 'a', 1), swoole_array_default_value([], 'a', 1));
var_dump(swoole_is_in_container() === (bool) preg_match('/docker|kubepods/', file_get_contents('/proc/self/mountinfo')));
putenv('SWOOLE_CPU_NUM=7');
var_dump(swoole_container_cpu_num());
putenv('SWOOLE_CPU_NUM');
var_dump(swoole_container_cpu_num() >= 1);

$table = swoole_table(8, 'id:int, name : string : 10,rate:f');
$table->set('row', ['id' => 1, 'name' => 'first', 'rate' => 0.5]);
var_dump($table->get('row') === ['id' => 1, 'name' => 'first', 'rate' => 0.5]);
foreach (['id:none', 'id', 's:string', 's:s:0'] as $fields) {
    try {
        swoole_table(8, $fields);
    } catch (RuntimeException $e) {
        echo $e->getMessage(), "\n";
    }
}
try {
    swoole_array('text');
} catch (TypeError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--
array(0) {
}
NULL
bool(true)
bool(true)
int(1)
object(Swoole\StringObject)#%d (1) {
  ["string":protected]=>
  string(4) "text"
}
object(Swoole\ArrayObject)#%d (1) {
  ["array":protected]=>
  array(1) {
    [0]=>
    int(1)
  }
}
object(Swoole\ArrayObject)#%d (1) {
  ["array":protected]=>
  array(2) {
    [0]=>
    int(1)
    [1]=>
    int(2)
  }
}
object(Swoole\StringObject)#%d (1) {
  ["string":protected]=>
  string(1) "a"
}
object(Swoole\ArrayObject)#%d (1) {
  ["array":protected]=>
  array(1) {
    ["k"]=>
    int(1)
  }
}
string(28) "Swoole\MultibyteStringObject"
string(28) "Swoole\MultibyteStringObject"
NULL
int(1)
bool(true)
int(7)
bool(true)
bool(true)
unknown field type[none]
unknown field type[]
need to give string length
invalid string length[0]
swoole_array(): Argument #1 ($array) must be of type array, string given, called in %s on line %d
