using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Files;

namespace Orchestrator.Host.Api;

/// <summary>Reads the form of an upload: its file goes to the disk as it comes, whatever the order of the fields.</summary>
/// <param name="limit">Bytes that the file may have.</param>
sealed class FileUpload(HttpRequest request, long limit)
{
    public const string Batch = "batch";

    const int LongestField = 1024;
    const int LongestName = 255;

    /// <summary>What a form may have beside its file: boundaries, headers and the other fields.</summary>
    const long Wrapping = 64 * 1024;

    string? _name;
    string? _purpose;

    /// <param name="file">Takes the content.</param>
    /// <exception cref="ApiException">400 for a form that is not one, or lacks something.</exception>
    /// <exception cref="FileTooLargeException">The file has too many bytes.</exception>
    public async Task<(string Name, string Purpose)> ReceiveAsync(Stream file, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit + Wrapping) throw new FileTooLargeException(limit);
        try
        {
            var reader = new MultipartReader(Boundary(), request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
                await TakeAsync(section, file, cancellationToken);
        }
        catch (BadHttpRequestException malformed)
        {
            // It is an IOException too, but not the disk's: chunks that are none, or a body that comes too slowly.
            throw new ApiException(new ApiError(malformed.StatusCode, malformed.Message, "invalid_request_error"));
        }
        catch (Exception malformed) when (malformed is InvalidDataException || malformed.GetType() == typeof(IOException))
        {
            // The reader reports a body that ends too early as a plain IOException; what the disk reports is more specific or has a code.
            throw Invalid("The form cannot be read: it is no multipart/form-data with this boundary, or it ends too early.", null);
        }

        if (_name is null) throw Missing("file");
        return _purpose switch
        {
            null => throw Missing("purpose"),
            Batch => (_name, Batch),
            var other => throw Invalid($"Invalid value for 'purpose': '{ApiError.Shown(other)}' is not {Batch}.", "purpose"),
        };
    }

    async Task TakeAsync(MultipartSection section, Stream file, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            throw Invalid("A part of the form has no Content-Disposition.", null);
        var field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        switch (field)
        {
            case "file" when _name is null:
                _name = NameOf(disposition);
                await JobFiles.CopyAsync(section.Body, file, limit, cancellationToken);
                break;
            case "purpose" when _purpose is null:
                _purpose = await TextAsync(section.Body, field, cancellationToken);
                break;
            case "file" or "purpose":
                throw Invalid($"The field '{field}' is there twice.", field);
            default:
                throw new ApiException(ApiError.Unsupported(ApiError.Shown(field), "an upload has the fields file and purpose"));
        }
    }

    /// <summary>Only for showing: nothing on the disk is named by it.</summary>
    static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var given = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        var name = string.Concat(Path.GetFileName(given.Replace('\\', '/')).Select(letter => char.IsControl(letter) ? '_' : letter));
        return name.Length switch
        {
            0 => "file.jsonl",
            > LongestName => name[..LongestName],
            _ => name,
        };
    }

    static async Task<string> TextAsync(Stream body, string field, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read <= LongestField
            ? Encoding.UTF8.GetString(bytes, 0, read)
            : throw Invalid($"The field '{field}' is longer than {LongestField} bytes.", field);
    }

    string Boundary() =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is { Length: > 0 } boundary
            ? boundary
            : throw Invalid("A file is uploaded as multipart/form-data with the fields file and purpose.", null);

    static ApiException Missing(string field) =>
        new(ApiError.Invalid($"Missing required parameter: '{field}'.", field, "missing_required_parameter"));

    static ApiException Invalid(string message, string? param) => new(ApiError.Invalid(message, param, "invalid_value"));
}
