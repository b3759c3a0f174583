namespace Orchestrator.Aggregator.MixtureOfThoughts.Files;

/// <summary>A file of interaction layers cannot be used; the message says which file, what is wrong and what is allowed.</summary>
public sealed class MixtureFileException(string file, string what, string allowed, Exception? inner = null)
    : Exception($"The mixture layers '{file}' cannot be used: {what}; {allowed}.", inner);
