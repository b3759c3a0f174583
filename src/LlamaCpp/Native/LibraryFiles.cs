using System.Text.RegularExpressions;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>Full paths of the three libraries that are bound; their siblings are found by the loader beside them.</summary>
sealed partial record LibraryFiles(string Directory, string Llama, string Ggml, string GgmlBase)
{
    public const string DirectoryVariable = "ORCHESTRATOR_LLAMA_DIR";

    const string Remedy =
        $"Build the program with npm at hand to fetch the pinned version, or point {nameof(LlamaRuntimeOptions.LibraryDirectory)} " +
        $"or the environment variable {DirectoryVariable} to a folder with llama.cpp {LibraryVersion.Expected}.";

    /// <exception cref="LlamaRuntimeException">The folder or one of the libraries is missing, or there are two of one.</exception>
    public static LibraryFiles Find(string? configured, string? environment, string programDirectory)
    {
        var directory = Path.GetFullPath(
            configured is { Length: > 0 } ? configured
            : environment is { Length: > 0 } ? environment
            : Path.Combine(programDirectory, "llama"));
        if (!System.IO.Directory.Exists(directory))
            throw new LlamaRuntimeException($"The folder of the llama.cpp libraries, '{directory}', does not exist. {Remedy}");
        var names = System.IO.Directory.GetFiles(directory).Select(Path.GetFileName).OfType<string>().ToArray();
        return new LibraryFiles(
            directory, Pick(directory, names, "llama"), Pick(directory, names, "ggml"), Pick(directory, names, "ggml-base"));
    }

    /// <summary>
    /// <c>libllama.so</c> if there is one, else the single <c>libllama.&lt;backend and version&gt;.so</c>; never <c>libllama-common.so</c>.
    /// </summary>
    static string Pick(string directory, string[] names, string library)
    {
        var found = names
            .Select(name => (name, match: LibraryName().Match(name)))
            .Where(candidate => candidate.match.Success && candidate.match.Groups["name"].Value == library)
            .OrderBy(candidate => candidate.name.Length)
            .ToArray();
        if (found is [])
            throw new LlamaRuntimeException($"'{directory}' has no shared library '{library}' (lib{library}.so or the like). {Remedy}");
        if (found.Length > 1 && found[0].match.Groups["flavour"].Length > 0)
        {
            throw new LlamaRuntimeException(
                $"'{directory}' has several libraries '{library}': {string.Join(", ", found.Select(candidate => candidate.name))}. Keep one.");
        }
        return Path.Combine(directory, found[0].name);
    }

    [GeneratedRegex(@"^(lib)?(?<name>llama|ggml|ggml-base)(?<flavour>\.[^-]+)?\.(so|dylib|dll)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LibraryName();
}
