using System.Net;
using System.Net.Sockets;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Feedback;

/// <summary>Who gives feedback, by what the client cannot choose freely: its address, or what a trusted proxy says of it.</summary>
static class ClientKey
{
    const int MaxLength = 256;

    /// <summary>A host has a whole /64 of IPv6 addresses to itself.</summary>
    const int PrefixBytes = 8;

    /// <param name="header">Of the proxy; null goes by the address.</param>
    /// <exception cref="ApiException">401 where the proxy's header is missing or longer than a name can be.</exception>
    public static string Of(HttpContext context, string? header)
    {
        if (header is null) return Of(context.Connection.RemoteIpAddress);
        return context.Request.Headers[header].ToString() is { Length: > 0 and <= MaxLength } client
            ? client
            : throw new ApiException(new ApiError(
                StatusCodes.Status401Unauthorized,
                $"Feedback needs the header '{header}' (feedback.client_header) with 1 to {MaxLength} characters.",
                "invalid_request_error", header, "client_unknown"));
    }

    internal static string Of(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
