--TEST--
PDOPool, MysqliPool and RedisPool with real servers: connections are shared, and made again when the server has ended them
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
use Swoole\Database\{MysqliConfig, MysqliPool, MysqliProxy, PDOConfig, PDOPool, PDOProxy, RedisConfig, RedisPool};
use Swoole\Coroutine\WaitGroup;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/../support.inc';
require __DIR__ . '/support.inc';
$mariadb = Peer::mariadb();
$redis = Peer::redis(['requirepass' => 'secret']);

run(function () use ($mariadb, $redis): void {
    $admin = new PDO("mysql:host=127.0.0.1;port=$mariadb->port;dbname=test", 'php', 'secret');
    $admin->exec("CREATE TABLE names (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20)); INSERT INTO names (name) VALUES ('one'), ('two')");

    echo "--- PDO\n";
    $config = (new PDOConfig())->withHost('127.0.0.1')->withPort($mariadb->port)->withDbName('test')->withCharset('utf8mb4')
        ->withUsername('php')->withPassword('secret')->withOptions([PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
    $pool = new PDOPool($config, 2);
    $results = [];
    $group = new WaitGroup();
    for ($i = 0; $i < 6; $i++) {
        $group->add();
        go(function () use ($pool, &$results, $i, $group): void {
            $pdo = $pool->get();
            $statement = $pdo->prepare('SELECT ? + ?');
            $statement->execute([$i, $i]);
            $results[$i] = (int) $statement->fetchAll()[0][0];
            $pool->put($pdo);
            $group->done();
        });
    }
    $group->wait();
    ksort($results);
    $connections = $admin->query("SELECT COUNT(*) FROM information_schema.processlist WHERE db = 'test'")->fetchColumn() - 1;
    // Without hooks of streams one query follows the other, and one connection is enough.
    echo implode(' ', $results), ' ', json_encode(in_array($connections, [1, 2], true)), "\n";
    /** The server ends the connection. */
    $kill = fn (int $id) => $admin->exec("KILL CONNECTION $id");
    $pdo = $pool->get();
    var_dump($pdo instanceof PDOProxy, $pdo->getRound());
    $id = (int) $pdo->query('SELECT CONNECTION_ID()')->fetchColumn();
    $pdo->setAttribute(PDO::ATTR_DEFAULT_FETCH_MODE, PDO::FETCH_NUM);
    $statement = $pdo->prepare('SELECT name FROM names WHERE id = :id');
    $statement->bindParam('id', $wanted, PDO::PARAM_INT);
    $kill($id);
    $wanted = 2;
    $statement->execute();
    echo json_encode($statement->fetchAll()), ' ', $pdo->getRound(), "\n";
    $kill((int) $pdo->query('SELECT CONNECTION_ID()')->fetchColumn());
    echo $pdo->query('SELECT name FROM names WHERE id = 1')->fetchColumn(), ' ', $pdo->getRound(), "\n";
    // A transaction is lost with its connection.
    $pdo->beginTransaction();
    $pdo->exec("INSERT INTO names (name) VALUES ('three')");
    $kill((int) $pdo->query('SELECT CONNECTION_ID()')->fetchColumn());
    try {
        $pdo->exec("INSERT INTO names (name) VALUES ('four')");
    } catch (PDOException $e) {
        echo 'lost: ', $e->errorInfo[1], "\n";
    }
    $pool->put(null);
    $pdo = $pool->get();
    echo $pdo->query('SELECT COUNT(*) FROM names')->fetchColumn(), "\n";
    $pdo->beginTransaction();
    $pool->put($pdo);
    var_dump($pool->get() === null);
    $pool->close();
    $wrong = (clone $config)->withPassword('wrong');
    try {
        (new PDOPool($wrong, 1))->get();
    } catch (PDOException $e) {
        echo $e->getCode(), "\n";
    }

    echo "--- mysqli\n";
    $config = (new MysqliConfig())->withHost('127.0.0.1')->withPort($mariadb->port)->withDbName('test')->withUsername('php')->withPassword('secret');
    $pool = new MysqliPool($config, 2);
    $mysqli = $pool->get();
    var_dump($mysqli instanceof MysqliProxy);
    $statement = $mysqli->prepare('SELECT name FROM names WHERE id = ?');
    $statement->bind_param('i', $wanted);
    $kill($mysqli->thread_id);
    $statement->execute();
    echo $statement->get_result()->fetch_row()[0], ' ', $mysqli->getRound(), "\n";
    $kill($mysqli->thread_id);
    echo $mysqli->query('SELECT 7')->fetch_row()[0], ' ', $mysqli->getRound(), "\n";
    $mysqli->begin_transaction();
    $kill($mysqli->thread_id);
    try {
        $mysqli->query('SELECT 8');
    } catch (mysqli_sql_exception $e) {
        echo 'lost: ', $e->getCode(), "\n";
    }
    $pool->put(null);
    echo $pool->get()->query('SELECT 9')->fetch_row()[0], "\n";
    $pool->close();

    echo "--- Redis\n";
    $config = (new RedisConfig())->withHost('127.0.0.1')->withPort($redis->port)->withAuth('secret')->withDbIndex(1)->withTimeout(1)
        ->withOptions([Redis::OPT_PREFIX => 'app:']);
    $pool = new RedisPool($config, 2);
    $pool->fill();
    [$a, $b] = [$pool->get(), $pool->get()];
    var_dump($a instanceof Redis, $pool->get(0.001));
    $a->set('key', 'value');
    $pool->put($a);
    $pool->put($b);
    $b = $pool->get();
    echo $b->get('key'), ' ', $b->getDbNum(), "\n";
    $pool->put($b);
    $pool->close();
});
?>
--EXPECT--
--- PDO
0 2 4 6 8 10 true
bool(true)
int(0)
[["two"]] 1
one 2
lost: 2006
2
bool(false)
1045
--- mysqli
bool(true)
two 1
7 2
lost: 2006
9
--- Redis
bool(true)
bool(false)
value 1
