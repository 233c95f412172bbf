//! Running other programs and telling what happened.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// A program to be run in a folder of the project.
pub(crate) fn program(name: &str, folder: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root().join(folder));
    command
}

/// Runs to the end; an error names the program and how to repeat it.
pub(crate) fn must(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    println!("$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("failed ({status}): {shown}")),
        Err(error) => Err(format!("could not start: {shown}: {error}")),
    }
}

/// The command as one would type it at the project's root.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    let folder = command.get_current_dir().and_then(|folder| folder.strip_prefix(root()).ok());
    match folder.map(|folder| folder.to_string_lossy().trim_end_matches(['/', '.']).to_owned()) {
        Some(folder) if !folder.is_empty() => format!("(cd {folder} && {})", words.join(" ")),
        _ => words.join(" "),
    }
}

/// Whether a program is on the path.
pub(crate) fn has(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
