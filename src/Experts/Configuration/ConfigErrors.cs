namespace Orchestrator.Experts.Configuration;

/// <summary>Collects every error of one file, so that the user mends them in one go.</summary>
sealed class ConfigErrors(string fileName)
{
    readonly List<(long Line, string Text)> _found = [];

    public void Add(long line, string what) => _found.Add((line, $"{fileName}:{line}: {what}"));

    public void ThrowIfAny()
    {
        if (_found.Count > 0)
            throw new ConfigException([.. _found.OrderBy(e => e.Line).Select(e => e.Text)]);
    }
}
