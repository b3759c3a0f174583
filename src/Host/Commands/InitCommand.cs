using System.CommandLine;
using System.Text;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator init</c>: a configuration from a folder of model files.</summary>
static class InitCommand
{
    static readonly Argument<string> Folder = new("folder") { Description = "Where the GGUF files are" };

    static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The configuration to write; one that is there is never overwritten",
        DefaultValueFactory = _ => "orchestrator.yaml",
    };

    public static Command Create()
    {
        var command = new Command("init", "Write a configuration with every GGUF of a folder as an expert") { Folder, Out };
        command.SetAction(parsed => Write(Path.GetFullPath(parsed.GetValue(Folder)!), Path.GetFullPath(parsed.GetValue(Out)!)));
        return command;
    }

    static int Write(string folder, string file)
    {
        if (File.Exists(file)) throw new ConfigException([$"{file}: is there already; give another --out or take it away"]);
        var (yaml, leftOut) = StarterConfig.Write(folder, Path.GetDirectoryName(file)!);
        File.WriteAllText(file, yaml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var left in leftOut) Console.Error.WriteLine($"Left out: {left}");
        Console.WriteLine($"{ConfigReader.Read(file).Experts.Count} experts written to {file}");
        return ExitCodes.Ok;
    }
}
