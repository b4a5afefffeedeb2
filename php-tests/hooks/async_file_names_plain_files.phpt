--TEST--
Runtime: async.file:// names plain files, for each function that takes a path
--FILE--
<?php
use function Swoole\Coroutine\run;

$folder = sys_get_temp_dir() . '/' . uniqid('async_file_');
$url = "async.file://$folder";
run(function () use ($folder, $url) {
    var_dump(in_array('async.file', stream_get_wrappers(), true), mkdir($url), is_dir($folder));
    $file = fopen("$url/a", 'w+');
    var_dump(fwrite($file, "Hello\n"), flock($file, LOCK_EX), rewind($file), fgets($file), stream_get_meta_data($file)['wrapper_type']);
    fclose($file);
    var_dump(file_put_contents("ASYNC.FILE://$folder/b", '<?php return 7;'), include "$url/b");
    var_dump(file_exists("$url/a"), file_exists("$url/c"), filesize("$url/a"), is_file("$folder/a"));
    var_dump(rename("$url/a", "$url/c"), touch("$url/c", 1000), filemtime("$folder/c"), copy("$url/c", "$folder/d"));
    var_dump(implode(',', array_diff(scandir($url), ['.', '..'])));
    var_dump(@fopen("$url/none", 'r'), unlink("$url/b"), unlink("$url/c"), unlink("$url/d"), rmdir($url), is_dir($folder));
});
// Relative paths, and outside of coroutines.
chdir(__DIR__);
var_dump(file_exists('async.file://' . basename(__FILE__)), stream_is_local('async.file://x'));
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
int(6)
bool(true)
bool(true)
string(6) "Hello
"
string(9) "plainfile"
int(15)
int(7)
bool(true)
bool(false)
int(6)
bool(true)
bool(true)
bool(true)
int(1000)
bool(true)
string(5) "b,c,d"
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
