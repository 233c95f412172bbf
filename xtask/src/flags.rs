//! The command line after the task's name: `--flag value` and `--switch`.

/// What was asked; each flag has a value.
pub(crate) struct Flags(Vec<(String, String)>);

impl Flags {
    /// Reads `--flag value` pairs; a flag that is not known or lacks its value is an error, so
    /// that a slip of the hand is never taken for the default.
    pub(crate) fn parse(arguments: &[String], known: &[&str]) -> Result<Self, String> {
        let mut rest = arguments.iter();
        let mut all = Vec::new();
        while let Some(name) = rest.next() {
            if !known.contains(&name.as_str()) {
                return Err(format!("unknown: {name}; known: {}", known.join(" ")));
            }
            let value = rest.next().ok_or_else(|| format!("{name} needs a value"))?;
            all.push((name.clone(), value.clone()));
        }
        Ok(Self(all))
    }

    /// The value of a flag; of the last when it was given twice.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Refuses when a flag was given something that is not a whole number.
    pub(crate) fn must_be_number(&self, name: &str) -> Result<(), String> {
        match self.value(name).map(str::parse::<u64>) {
            Some(Err(_)) => Err(format!("{name} takes a whole number")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Flags, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Flags::parse(&words, &["--seed", "--port"])
    }

    #[test]
    fn a_flag_has_a_value_and_the_last_one_counts() {
        let flags = parse("--seed 7 --port 1 --seed 8").unwrap();
        assert_eq!((flags.value("--seed"), flags.value("--port")), (Some("8"), Some("1")));
        assert_eq!(parse("").unwrap().value("--seed"), None);
    }

    #[test]
    fn a_slip_of_the_hand_is_refused() {
        assert!(parse("--sed 7").is_err());
        assert!(parse("--seed").is_err());
        assert!(parse("--seed x").unwrap().must_be_number("--seed").is_err());
        assert!(parse("--seed 7").unwrap().must_be_number("--seed").is_ok());
    }
}
