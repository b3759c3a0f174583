using Orchestrator.Jobs.Retrieval.Reporting;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Retrieval.Results;

/// <summary>The folder that a measurement is written to: the reports on it, and what was measured of every query.</summary>
public sealed class RetrievalOutput
{
    readonly string _folder;

    RetrievalOutput(string folder) => _folder = folder;

    /// <summary>Tries the folder before anything runs.</summary>
    /// <exception cref="RetrievalException">It cannot be made or written to.</exception>
    public static RetrievalOutput Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Try(Path.Combine(folder, "report.md"));
            return new RetrievalOutput(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RetrievalException($"The report cannot be written to {folder}: {problem.Message}");
        }
    }

    /// <exception cref="IOException">The disk is full, or the folder is gone.</exception>
    public void Write(RetrievalResult result)
    {
        WholeFile.Replace(Path.Combine(_folder, "report.md"), writer => writer.Write(RetrievalReport.Markdown(result)));
        WholeFile.Replace(Path.Combine(_folder, "report.html"), writer => writer.Write(RetrievalReport.Html(result)));
        RetrievalFile.Write(Path.Combine(_folder, "queries.jsonl"), result);
    }
}
