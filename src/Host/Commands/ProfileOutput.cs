using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Host.Commands;

/// <summary>Tries the files that a command will replace, before it asks anybody.</summary>
static class ProfileOutput
{
    /// <param name="paths">Null where nothing will be written.</param>
    /// <exception cref="ConfigException">Some cannot be written; all are named.</exception>
    public static void Check(params IEnumerable<string?> paths)
    {
        string[] problems = [.. paths.OfType<string>().Select(Problem).OfType<string>()];
        if (problems.Length > 0) throw new ConfigException(problems);
    }

    /// <summary>A report never replaces what it was made from.</summary>
    /// <param name="written">Null where nothing will be written.</param>
    /// <param name="read">Null where nothing is read.</param>
    /// <exception cref="ConfigException">A file would be both.</exception>
    public static void KeepInputs(IEnumerable<string?> written, params IEnumerable<string?> read)
    {
        HashSet<string> inputs = [.. read.OfType<string>().Select(BatchRunFiles.Real)];
        string[] both = [.. written.OfType<string>().Where(path => inputs.Contains(BatchRunFiles.Real(path)))];
        if (both.Length > 0) throw new ConfigException([.. both.Select(path => $"{path} is an input of this command; name another file to write.")]);
    }

    static string? Problem(string path)
    {
        try
        {
            WholeFile.Try(path);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {problem.Message}";
        }
    }
}
