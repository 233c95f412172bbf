//! The server as its users meet it: a real cell, the real router, nothing stubbed.

mod archives;
mod bad_input;
mod browser;
mod by_hand;
mod declarations;
mod exchange;
mod faults;
mod first_run;
mod intake;
mod journey;
mod live;
mod messages;
mod migration;
mod ofd;
mod pages;
mod permission;
mod process;
mod proof;
mod rules;
mod staff;
mod together;
mod tools;
mod two_processes;
mod versions;
mod word;
mod work_acts;
