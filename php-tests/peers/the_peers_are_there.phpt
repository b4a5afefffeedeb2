--TEST--
Redis, nginx and MariaDB start, keep their data when they start again, and end with their object; the extensions talk to them
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/support.inc';
$redis = Peer::redis(['maxmemory' => '50mb']);
$client = new Redis();
$client->connect($redis->path);
$client->set('key', 'value');
var_dump($client->get('key'), $client->config('GET', 'maxmemory')['maxmemory']);

$nginx = Peer::nginx('server { listen $PORT; listen unix:$PATH; return 200 "a body"; }');
$curl = curl_init("http://127.0.0.1:$nginx->port/");
curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
var_dump(curl_exec($curl));
curl_close($curl);

$mariadb = Peer::mariadb(['max_connections' => 10]);
$open = fn () => new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret');
$open()->exec("CREATE TABLE names (name VARCHAR(20)); INSERT INTO names VALUES ('one'), ('two')");
$mariadb->stop();
$mariadb->start();
var_dump($open()->query('SELECT * FROM names ORDER BY name')->fetchAll(PDO::FETCH_COLUMN));
var_dump((new mysqli('localhost', 'php', 'secret', 'test', 0, $mariadb->path))->query('SELECT @@max_connections')->fetch_row()[0]);

$pids = [$redis->pid(), $nginx->pid(), $mariadb->pid()];
$folders = [$redis->folder, $nginx->folder, $mariadb->folder];
var_dump($redis->runs(), $nginx->runs(), $mariadb->runs());
unset($open, $client, $redis, $nginx, $mariadb);
var_dump(array_filter($pids, state(...)), array_filter($folders, is_dir(...)));

echo "one that cannot start\n";
try {
    Peer::nginx('nonsense;');
} catch (RuntimeException $e) {
    echo preg_replace('~/\S+/~', '', trim(preg_replace('/^.*\[emerg\] \S+ /m', '', $e->getMessage()))), "\n";
}
echo "a test that is killed\n";
[$output] = php_run('<?php require ' . var_export(__DIR__ . '/support.inc', true) . '; $redis = Peer::redis(); echo $redis->pid(), " ", $redis->folder; posix_kill(getmypid(), SIGKILL);');
[$pid, $folder] = explode(' ', $output);
until_ended((int) $pid);
array_map(unlink(...), glob("$folder/*"));
var_dump(rmdir($folder));
?>
--EXPECT--
string(5) "value"
string(8) "52428800"
string(6) "a body"
array(2) {
  [0]=>
  string(3) "one"
  [1]=>
  string(3) "two"
}
string(2) "10"
bool(true)
bool(true)
bool(true)
array(0) {
}
array(0) {
}
one that cannot start
nginx has ended:
unknown directive "nonsense" in nginx.conf:13
a test that is killed
bool(true)
