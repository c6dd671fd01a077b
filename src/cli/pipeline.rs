//! Many jobs at a time, their answers in order, and never more than a few of them in memory.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many jobs may wait, for each that is in work.
const WAITING_A_THREAD: usize = 4;

/// Does `work` on each of `jobs` on `threads` threads (0: one a core) and gives the answers to `take` in
/// the order of the jobs, each as soon as it is there: whoever writes one request at a time and waits for
/// its answer gets it.
///
/// Jobs are read on a thread of their own, which waits while the answers are not taken.
///
/// # Errors
/// That of `take`, after which no further job is begun; or where no thread can be had.
pub(super) fn in_order<J, A>(
    threads: usize,
    jobs: impl Iterator<Item = J> + Send + 'static,
    work: impl Fn(J) -> A + Send + Sync + 'static,
    mut take: impl FnMut(A) -> io::Result<()>,
) -> io::Result<()>
where
    J: Send + 'static,
    A: Send + 'static,
{
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(io::Error::other)?;
    let room = pool.current_num_threads().saturating_mul(WAITING_A_THREAD);
    let (queue, answers) = sync_channel::<Receiver<A>>(room);
    let work = Arc::new(work);
    // Not joined: after a closed pipe it may still wait for input that nobody needs.
    thread::Builder::new().name("reader".to_owned()).spawn(move || {
        for job in jobs {
            let (answer, answered) = sync_channel(1);
            if queue.send(answered).is_err() {
                return;
            }
            let work = Arc::clone(&work);
            pool.spawn(move || {
                // Nobody receives it where the run has ended.
                let _ = answer.send(work(job));
            });
        }
    })?;
    for answered in answers {
        take(answered.recv().map_err(|_| io::Error::other("a thread was lost"))?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_jobs() {
        let mut taken = Vec::new();
        let work = |n: u64| {
            thread::sleep(Duration::from_millis(if n.is_multiple_of(3) { 5 } else { 0 }));
            n * 2
        };
        in_order(4, 0..50, work, |answer| {
            taken.push(answer);
            Ok(())
        })
        .unwrap();
        assert_eq!(taken, (0..50).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn jobs_are_not_read_far_ahead_and_not_after_an_error() {
        let read = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&read);
        let jobs = (0..1_000_000).inspect(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let error = in_order(2, jobs, |n: i32| n, |_| Err(io::ErrorKind::BrokenPipe.into())).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        thread::sleep(Duration::from_millis(20));
        assert!(read.load(Ordering::Relaxed) < 100, "{}", read.load(Ordering::Relaxed));
    }
}
