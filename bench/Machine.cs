using System.Diagnostics;

namespace Orchestrator.Bench;

/// <summary>What a measured number depends on, for the head of a report.</summary>
static class Machine
{
    /// <summary>Day, processor, cores and commit, as a list in Markdown.</summary>
    public static string Describe(TimeProvider time) =>
        $"""
        - date: {time.GetUtcNow():yyyy-MM-dd}
        - machine: {Processor()}, {Environment.ProcessorCount} cores
        - commit: {Commit()}
        """;

    static string Processor()
    {
        const string File = "/proc/cpuinfo";
        string? line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? "unknown processor";
    }

    /// <summary>With a plus when tracked files differ from it.</summary>
    static string Commit()
    {
        string commit = Git("rev-parse", "--short", "HEAD");
        bool changed = Git("status", "--porcelain", "--untracked-files=no").Length > 0;
        return commit.Length == 0 ? "unknown" : commit + (changed ? "+" : "");
    }

    static string Git(params string[] arguments)
    {
        try
        {
            var git = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            using Process process = Process.Start(git)!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
