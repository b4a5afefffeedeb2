--TEST--
PDOPool and MysqliPool: a call on a connection that is gone is repeated on another one, unless a transaction was begun
--EXTENSIONS--
pdo
--FILE--
<?php
use Swoole\Database\{MysqliProxy, PDOConfig, PDOPool, PDOProxy, PDOStatementProxy};

/** Fails once its server is gone. */
final class Connection extends PDO
{
    public static int $made = 0;
    public bool $gone = false;
    public array $attributes = [];
    public readonly int $number;

    public function __construct()
    {
        $this->number = ++self::$made;
    }

    public function check(): void
    {
        if ($this->gone) {
            throw new PDOException('SQLSTATE[HY000]: General error: 2006 MySQL server has gone away');
        }
    }

    public function exec(string $statement): int|false
    {
        $this->check();
        return $statement === 'wrong' ? throw new PDOException('syntax error') : $this->number;
    }

    public function prepare(string $query, array $options = []): PDOStatement|false
    {
        $this->check();
        return new Statement($this, $query);
    }

    public function query(string $query, ?int $mode = null, ...$arguments): PDOStatement|false
    {
        return $this->prepare($query);
    }

    public function setAttribute(int $attribute, mixed $value): bool
    {
        $this->attributes[$attribute] = $value;
        return true;
    }

    public function beginTransaction(): bool
    {
        $this->check();
        return true;
    }

    public function commit(): bool
    {
        $this->check();
        return true;
    }

    public function rollBack(): bool
    {
        $this->check();
        return true;
    }
}

final class Statement extends PDOStatement
{
    public array $bound = [];

    public function __construct(public readonly Connection $connection, public readonly string $query) {}

    public function execute(?array $params = null): bool
    {
        $this->connection->check();
        return true;
    }

    public function bindParam(int|string $param, mixed &$var, int $type = PDO::PARAM_STR, int $maxLength = 0, mixed $driverOptions = null): bool
    {
        $this->bound[$param] = &$var;
        return true;
    }

    public function bindValue(int|string $param, mixed $value, int $type = PDO::PARAM_STR): bool
    {
        $this->bound[$param] = $value;
        return true;
    }

    public function fetchColumn(int $column = 0): mixed
    {
        return "{$this->connection->number} $this->query " . implode(',', $this->bound);
    }
}

$proxy = new PDOProxy(fn () => new Connection());
$proxy->setAttribute(PDO::ATTR_CASE, PDO::CASE_LOWER);
var_dump($proxy->exec('one'), $proxy->getRound(), $proxy->inTransaction());
$proxy->__getObject()->gone = true;
var_dump($proxy->exec('one'), $proxy->getRound(), $proxy->__getObject()->attributes === [PDO::ATTR_CASE => PDO::CASE_LOWER]);
try {
    $proxy->exec('wrong');
} catch (PDOException $e) {
    echo $e->getMessage(), "\n";
}

$variable = 'a';
$statement = $proxy->prepare('select');
var_dump($statement instanceof PDOStatementProxy, $proxy->query('q') instanceof PDOStatementProxy);
$statement->bindParam('x', $variable);
$statement->bindValue('y', 'b');
$variable = 'c';
var_dump($statement->execute(), $statement->fetchColumn());
$proxy->__getObject()->gone = true;
$variable = 'd';
var_dump($statement->execute(), $statement->fetchColumn(), $proxy->getRound());

var_dump($proxy->beginTransaction(), $proxy->inTransaction());
$inside = $proxy->prepare('inside');
$proxy->__getObject()->gone = true;
foreach ([fn () => $proxy->exec('one'), fn () => $inside->execute(), fn () => $proxy->commit()] as $call) {
    try {
        $call();
    } catch (PDOException $e) {
        echo $e->getMessage(), "\n";
    }
}
var_dump($proxy->inTransaction(), $proxy->exec('one'));
var_dump($proxy->beginTransaction(), $proxy->rollBack(), $proxy->inTransaction());
try {
    clone $proxy;
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}

// No driver is needed to see how it would connect.
Swoole\Coroutine\run(function (): void {
    $config = (new PDOConfig())->withDriver('none')->withHost('127.0.0.1')->withPort(3307)->withDbName('db')->withCharset('utf8mb4')
        ->withUsername('user')->withPassword('secret')->withOptions([PDO::ATTR_TIMEOUT => 1]);
    try {
        (new PDOPool($config, 2))->get();
    } catch (PDOException $e) {
        echo $e->getMessage(), "\n";
    }
});

// mysqli is not needed either: an object with its methods.
final class Mysqli_
{
    public int $errno = 0;
    public static int $made = 0;
    public bool $gone = false;
    public readonly int $number;

    public function __construct()
    {
        $this->number = ++self::$made;
    }

    public function query(string $query): int|false
    {
        $this->errno = match (true) {
            $this->gone => 2006,
            $query === 'wrong' => 1064,
            default => 0,
        };
        return $this->errno === 0 ? $this->number : false;
    }

    public function begin_transaction(): bool
    {
        return true;
    }

    public function rollback(): bool
    {
        return true;
    }

    public function prepare(string $query): object
    {
        class_exists('mysqli_stmt') || eval('class mysqli_stmt {}');
        return (new ReflectionClass('mysqli_stmt'))->newInstanceWithoutConstructor();
    }
}
$proxy = new MysqliProxy(fn () => new Mysqli_());
var_dump($proxy->query('q'), $proxy->query('wrong'), $proxy->errno);
$proxy->__getObject()->gone = true;
var_dump($proxy->query('q'), $proxy->getRound());
$proxy->begin_transaction();
$proxy->__getObject()->gone = true;
try {
    $proxy->query('q');
} catch (Swoole\Database\MysqliException $e) {
    echo $e->getCode(), ' ', $e->getMessage(), "\n";
}
$proxy->rollback();
var_dump($proxy->query('q'));
echo (fn () => $this->queryString)->call($proxy->prepare(query: 'named')), "\n";
?>
--EXPECT--
int(1)
int(0)
bool(false)
int(2)
int(1)
bool(true)
syntax error
bool(true)
bool(true)
bool(true)
string(12) "2 select c,b"
bool(true)
string(12) "3 select d,b"
int(2)
bool(true)
bool(true)
SQLSTATE[HY000]: General error: 2006 MySQL server has gone away
SQLSTATE[HY000]: General error: 2006 MySQL server has gone away
SQLSTATE[HY000]: General error: 2006 MySQL server has gone away
bool(false)
int(4)
bool(true)
bool(true)
bool(false)
Trying to clone an uncloneable database proxy object
could not find driver
int(1)
bool(false)
int(1064)
int(2)
int(1)
2006 the connection is gone within a transaction
int(3)
named
