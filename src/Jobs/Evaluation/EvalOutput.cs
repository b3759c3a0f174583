using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Reports;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>The folder that an evaluation writes to: the result, which can be compared, and the reports on it.</summary>
public sealed class EvalOutput
{
    readonly string _folder;

    EvalOutput(string folder) => _folder = folder;

    public string Result => Path.Combine(_folder, "result.jsonl");

    public string Markdown => Path.Combine(_folder, "report.md");

    public string Html => Path.Combine(_folder, "report.html");

    /// <summary>Tries the folder before anything runs.</summary>
    /// <exception cref="EvalException">It cannot be made or written to.</exception>
    public static EvalOutput Open(string folder)
    {
        var output = new EvalOutput(Path.GetFullPath(folder));
        if (File.Exists(output._folder))
            throw new EvalException($"The results cannot be written to {output._folder}: it is a file, and --out wants a folder.");
        try
        {
            Directory.CreateDirectory(output._folder);
            string probe = Path.Combine(output._folder, ".orchestrator-eval");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return output;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new EvalException($"The results cannot be written to {output._folder}: {problem.Message}");
        }
    }

    /// <exception cref="IOException">The disk is full, or the folder is gone.</exception>
    public void Write(EvalResult result)
    {
        ResultFile.Write(Result, result);
        File.WriteAllText(Markdown, MarkdownReport.Write(result));
        File.WriteAllText(Html, HtmlReport.Write(result));
    }
}
