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
