//! `lingnan`: serve a cell, import its directory, verify its journal from outside.

use anyhow::Context;
use clap::{Parser, Subcommand};
use lingnan_api::Program;
use lingnan_base::{Chance, Clock, Timestamp};
use lingnan_directory::Demonstration;
use lingnan_evidence::{CHECKPOINT_EVERY_MS, COPY_TOPIC, Evidence, carry_to};
use lingnan_journal::Fault;
use lingnan_server::{arguments, cell, demonstration, handover, import, lock, tools, verify, web};
use lingnan_store::{Courier, FailPoint, NoFailPoints, Rebuild, Store};
use lingnan_tlog::Verifier;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// 岭南：可验证的政务协同平台
#[derive(Parser)]
#[command(name = "lingnan", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Args, Clone)]
struct Place {
    /// 数据目录：数据库、附件、签名密钥
    #[arg(long, default_value = "var/lingnan")]
    data: PathBuf,
    /// 数据库：SQLite 文件路径或 postgres:// 地址；默认在数据目录中
    #[arg(long)]
    database: Option<String>,
    /// 节点标识，写入每一项办理
    #[arg(long, default_value = "gd")]
    cell: String,
}

#[derive(Subcommand)]
enum Task {
    /// 提供服务
    Serve {
        #[command(flatten)]
        place: Place,
        /// 监听地址
        #[arg(long, default_value = "127.0.0.1:8640")]
        listen: SocketAddr,
        /// 网页文件目录
        #[arg(long, default_value = "web/dist")]
        web: PathBuf,
        /// 对外网址（通行密钥以它为准）；默认 http://localhost:端口
        #[arg(long)]
        origin: Option<String>,
        /// 所信任的反向代理地址，可重复；来自它的 X-Forwarded-For 才算数
        #[arg(long)]
        proxy: Vec<IpAddr>,
        /// 检查点副本目录，应在另一块磁盘上；须已存在
        #[arg(long)]
        copies: Option<PathBuf>,
        /// 演示模式：装入演示人员与公文，免口令登录；只能用于新建的数据目录
        #[arg(long)]
        demo: bool,
    },
    /// 导入机构目录（可重复执行）
    Import {
        #[command(flatten)]
        place: Place,
    },
    /// 由办理日志重算全部读表（先停止服务）
    Rebuild {
        #[command(flatten)]
        place: Place,
    },
    /// 从外部核验全部办理日志
    Verify {
        #[command(flatten)]
        place: Place,
        /// 验证公钥；默认读数据目录中的 evidence.vkey
        #[arg(long)]
        key: Option<String>,
        /// 另行留存的检查点文件：现有日志须是它的延续（可重复）
        #[arg(long)]
        checkpoint: Vec<PathBuf>,
        /// 只核验一份下载的证明，不读数据库
        #[arg(long)]
        proof: Option<PathBuf>,
        /// 不重算快照、读表与附件
        #[arg(long)]
        quick: bool,
    },
    /// 打印接口说明（OpenAPI）
    Openapi,
    /// 流程文本：检查、打印、与 BPMN 互换、重放、运行
    #[command(subcommand)]
    Flow(tools::flow::Task),
    /// 决策模型：计算、兼容性测试
    #[command(subcommand)]
    Dmn(tools::dmn::Task),
    /// 档案：核验归档信息包，移交、接收一年的档案
    #[command(subcommand)]
    Archive(ArchiveTask),
    /// 公文：排版、版式检查
    #[command(subcommand)]
    Gongwen(tools::gongwen::Task),
    /// 来文识别
    #[command(subcommand)]
    Ocr(tools::ocr::Task),
    /// 版式文件（OFD）：取文字、看概况、绘制页面
    #[command(subcommand)]
    Ofd(tools::ofd::Task),
}

#[derive(Subcommand)]
enum ArchiveTask {
    /// 核验归档信息包：只凭包本身；任一项不符则以失败结束
    Verify(tools::archive::Verifying),
    /// 移交：导出本单位一年的档案（先停止服务）
    Export {
        #[command(flatten)]
        place: Place,
        /// 单位
        #[arg(long)]
        unit: String,
        /// 年度
        #[arg(long)]
        year: i64,
        /// 输出目录
        #[arg(short, long)]
        output: PathBuf,
    },
    /// 接收：把移交的档案存入本节点（先停止服务）
    Import {
        #[command(flatten)]
        place: Place,
        /// 移交的目录
        folder: PathBuf,
    },
}

/// Tries to sign the end: for longer than a killed process holds the log's lease.
const SIGNING_TRIES: i64 = lingnan_store::LEASE_MS / 500 + 2;

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "main is where the real time comes in")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let ms = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        Timestamp(ms)
    }
}

/// Ends the process at the n-th time a named point is reached: `LINGNAN_FAIL_AT=committed:3`.
struct EndAt {
    name: String,
    left: AtomicU64,
}

impl FailPoint for EndAt {
    fn reached(&self, name: &'static str) {
        if name == self.name && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::process::abort();
        }
    }
}

fn fail_point() -> Arc<dyn FailPoint> {
    let wish = std::env::var("LINGNAN_FAIL_AT").unwrap_or_default();
    let read = wish.split_once(':').and_then(|(name, n)| Some((name, n.parse().ok()?)));
    match read {
        Some((name, count)) => {
            Arc::new(EndAt { name: name.to_owned(), left: AtomicU64::new(count) })
        }
        None => Arc::new(NoFailPoints),
    }
}

#[expect(clippy::disallowed_methods, reason = "main is where real chance comes in")]
fn chance() -> anyhow::Result<Chance> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|e| anyhow::anyhow!("reading the system's chance: {e}"))?;
    Ok(Chance::new(seed))
}

fn main() -> anyhow::Result<ExitCode> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LINGNAN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let task = match arguments::read::<Arguments>() {
        Ok(Arguments { task }) => task,
        Err(end) => return Ok(end),
    };
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    runtime.block_on(run(task))
}

async fn run(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Serve { place, listen, web, origin, proxy, copies, demo } => {
            let pages = web;
            serve(Serving { place, listen, pages, origin, proxies: proxy, copies, demo }).await
        }
        Task::Import { place } => {
            let _lock = hold(&place)?;
            let cell = open(&place, Rebuild::Stale)?;
            let report = import::guangdong(&cell.store).await?;
            say(&format!(
                "新建机构 {}，更名 {}，未变 {}",
                report.created, report.changed, report.unchanged
            ));
            Ok(ExitCode::SUCCESS)
        }
        Task::Rebuild { place } => {
            // Rows that another process writes meanwhile would be written twice.
            let _lock = lock::take(&place.data, lock::Sharing::Alone)?;
            open(&place, Rebuild::All)?;
            say(&format!("读表已重算：{} 张", cell::registry().tables().len()));
            Ok(ExitCode::SUCCESS)
        }
        Task::Verify { place, key, checkpoint, proof, quick } => {
            verified(Verifying { place, key, checkpoint, proof, quick }).await
        }
        Task::Openapi => {
            say(&web::openapi().to_pretty_json().context("writing the OpenAPI document")?);
            Ok(ExitCode::SUCCESS)
        }
        Task::Flow(task) => Ok(tools::flow::run(&task)),
        Task::Dmn(task) => Ok(tools::dmn::run(&task)),
        Task::Archive(task) => archive(task).await,
        Task::Gongwen(task) => Ok(tools::gongwen::run(&task)),
        Task::Ocr(task) => Ok(tools::ocr::run(&task)),
        Task::Ofd(task) => Ok(tools::ofd::run(&task)),
    }
}

#[expect(clippy::print_stdout, reason = "a command's result is its standard output")]
fn say(text: &str) {
    println!("{text}");
}

fn open(place: &Place, rebuild: Rebuild) -> anyhow::Result<cell::Cell> {
    std::fs::create_dir_all(&place.data)
        .with_context(|| format!("creating {}", place.data.display()))?;
    let mut chance = chance()?;
    let clock = Arc::new(SystemClock);
    let url = database(place);
    let opening = cell::Opening {
        url,
        cell: place.cell.clone(),
        data: place.data.clone(),
        clock,
        chance: chance.split(),
        fail_point: fail_point(),
        rebuild,
    };
    cell::open(opening).context("opening the cell")
}

fn hold(place: &Place) -> anyhow::Result<std::fs::File> {
    std::fs::create_dir_all(&place.data)
        .with_context(|| format!("creating {}", place.data.display()))?;
    let shared = database(place).starts_with("postgres");
    lock::take(&place.data, if shared { lock::Sharing::Shared } else { lock::Sharing::Alone })
}

fn database(place: &Place) -> String {
    let file = || place.data.join("lingnan.sqlite").to_string_lossy().into_owned();
    place.database.clone().unwrap_or_else(file)
}

async fn archive(task: ArchiveTask) -> anyhow::Result<ExitCode> {
    let lines = match task {
        ArchiveTask::Verify(verifying) => return Ok(tools::archive::run(&verifying)),
        ArchiveTask::Export { place, unit, year, output } => {
            let _lock = hold(&place)?;
            let path = place.data.join("evidence.vkey");
            let key = std::fs::read_to_string(&path);
            let key = key.with_context(|| format!("reading {}", path.display()))?;
            let cell = open(&place, Rebuild::Stale)?;
            handover::export(&cell, &key, (&unit, year), &output).await?
        }
        ArchiveTask::Import { place, folder } => {
            let _lock = hold(&place)?;
            let cell = open(&place, Rebuild::Stale)?;
            handover::import(&cell, &folder).await?
        }
    };
    lines.iter().for_each(|line| say(line));
    say(&format!("共 {} 件", lines.len()));
    Ok(ExitCode::SUCCESS)
}

struct Serving {
    place: Place,
    listen: SocketAddr,
    pages: PathBuf,
    origin: Option<String>,
    proxies: Vec<IpAddr>,
    copies: Option<PathBuf>,
    demo: bool,
}

struct Named<'a> {
    place: &'a Place,
    origin: String,
    proxies: Vec<IpAddr>,
    copies: Option<PathBuf>,
}

/// The demonstration lets people in without a password: never where others have worked.
fn may_demonstrate(cell: &cell::Cell, data: &Path) -> anyhow::Result<()> {
    let mark = data.join("demonstration");
    if cell.store.count() > 0 && !mark.exists() {
        anyhow::bail!("{} 中已有正式数据，不能以演示模式启动；请换一个数据目录", data.display());
    }
    std::fs::write(&mark, "").with_context(|| format!("writing {}", mark.display()))
}

async fn serve(serving: Serving) -> anyhow::Result<ExitCode> {
    let Serving { place, listen, pages, origin, proxies, copies, demo } = serving;
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .with_context(|| format!("listening on {listen}"))?;
    let listen = listener.local_addr().context("own address")?;
    let origin = origin.unwrap_or_else(|| format!("http://localhost:{}", listen.port()));
    let mut chance = chance()?;
    let _lock = hold(&place)?;
    let cell = open(&place, Rebuild::Stale)?;
    cell.load_directory().await?;
    lingnan_api::uploads::tidy(&cell.store, &cell.blobs).await?;
    let people = if demo {
        may_demonstrate(&cell, &place.data)?;
        if cell.is_empty() {
            import::guangdong(&cell.store).await?;
        }
        demonstration::load(&cell).await?
    } else {
        Demonstration::default()
    };
    import::processes(&cell.store).await.context("importing the processes")?;
    if demo {
        demonstration::begin(&cell).await.context("beginning the demonstration's matters")?;
    }
    let seed = cell::signing_seed(&place.data, &mut chance)?;
    let named = Named { place: &place, origin, proxies, copies };
    let kit = cell.kit(&named, people, seed, &mut chance).await?;
    if let Some(token) = &kit.setup_token {
        say(&format!("首次启用：请打开 /setup 页 ，一次性口令 {token}"));
    }
    let (store, evidence) = (kit.store.clone(), kit.evidence.clone());
    // What an earlier process left unsigned is signed before anything is added to it.
    evidence.advance().await.context("signing what is unsigned")?;
    tokio::spawn(evidence.clone().run());
    if let Some(folder) = named.copies {
        let (carry, holder) = (carry_to(folder), chance.key(store.now()));
        tokio::spawn(Courier::new(store.clone(), COPY_TOPIC, holder, carry).run());
    }
    tokio::spawn(cell.search.clone().run());
    tokio::spawn(lingnan_server::clock::run(cell));
    tokio::spawn(lingnan_archives::Keeper::new(&kit).run(chance.key(store.now())));
    let router = web::router(kit, &pages).context("putting the routes together")?;
    // A passkey is bound to a name; an address is none.
    let shown = if listen.ip().is_loopback() {
        format!("localhost:{}", listen.port())
    } else {
        listen.to_string()
    };
    say(&format!("岭南已启动：http://{shown}"));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    // Streams of news have no end of their own, so open connections are not waited for.
    tokio::select! {
        served = async { axum::serve(listener, service).await } => served.context("serving")?,
        () = asked_to_stop() => {}
    }
    sign_the_end(&store, &evidence).await.context("signing the end")?;
    Ok(ExitCode::SUCCESS)
}

/// The journal ends in a signature: whoever verifies a stopped cell misses nothing. While another
/// process serves, that one goes on signing; one that was killed is waited for.
async fn sign_the_end(store: &Store, evidence: &Evidence) -> Result<(), Fault> {
    let mut ticks = tokio::time::interval(Duration::from_millis(CHECKPOINT_EVERY_MS));
    for _ in 0..=SIGNING_TRIES {
        ticks.tick().await;
        if evidence.advance().await? >= store.size().await? {
            break;
        }
    }
    evidence.release().await
}

/// This very program with other arguments.
fn once_more(arguments: [&str; 2]) -> Program {
    let path = std::env::current_exe().unwrap_or_else(|_| "lingnan".into());
    Program { path, arguments: arguments.map(str::to_owned).to_vec() }
}

impl cell::Naming for Named<'_> {
    fn data(&self) -> &std::path::Path {
        &self.place.data
    }

    fn cell(&self) -> &str {
        &self.place.cell
    }

    fn origin(&self) -> String {
        self.origin.clone()
    }

    fn press(&self) -> Program {
        once_more(["gongwen", "press"])
    }

    fn viewer(&self) -> Program {
        once_more(["ofd", "view"])
    }

    fn scanner(&self) -> Program {
        once_more(["ocr", "serve"])
    }

    fn copies(&self) -> Option<&Path> {
        self.copies.as_deref()
    }

    fn proxies(&self) -> Vec<IpAddr> {
        self.proxies.clone()
    }
}

struct Verifying {
    place: Place,
    key: Option<String>,
    checkpoint: Vec<PathBuf>,
    proof: Option<PathBuf>,
    quick: bool,
}

async fn verified(verifying: Verifying) -> anyhow::Result<ExitCode> {
    let Verifying { place, key, checkpoint, proof, quick } = verifying;
    let key = match key {
        Some(key) => key,
        None => {
            let path = place.data.join("evidence.vkey");
            std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?
        }
    };
    let verifier = Verifier::parse(key.trim()).context("reading the verifier key")?;
    let told = match proof {
        Some(path) => verify::proof(&path, &verifier)?,
        None => {
            let wish = verify::Wish {
                data: &place.data,
                database: &database(&place),
                cell: &place.cell,
                verifier: &verifier,
                kept: &checkpoint,
                scope: if quick { verify::Scope::Journal } else { verify::Scope::All },
                now: SystemClock.now(),
                key: chance()?.bytes(),
            };
            verify::all(&wish).await?
        }
    };
    for line in &told.lines {
        say(line);
    }
    Ok(if told.well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Waits until the process is asked to stop.
async fn asked_to_stop() {
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(error) => {
                tracing::warn!(%error, "not listening for the signal to stop");
                return std::future::pending().await;
            }
        };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
